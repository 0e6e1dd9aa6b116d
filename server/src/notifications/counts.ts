import type { NotificationId } from '@weft/shared/kit'
import type { DeliveryChannel, NotificationKind } from '@weft/shared/notifications'
import { sql } from 'kysely'
import type { Clock } from '../kit/clock.ts'
import type { Storage, Writer } from '../storage/port.ts'

export type Counted = 'sent' | 'delivered' | 'seen' | 'clicked' | 'failed'

/** By which way somebody came to what they opened. */
export type OpenedFrom = 'page' | 'toast' | 'push' | 'mail'

/**
 * What was sent, arrived, was read and was opened, by day, kind and channel: numbers, of nobody. Written with what they
 * count. Whether a mail was read is not looked at.
 */
export function createCounts({ storage, clock }: { storage: Storage; clock: Clock }) {
  function addAll(
    tx: Writer,
    counted: readonly Counted[],
    kind: NotificationKind,
    channel: DeliveryChannel,
    count: number,
  ): void {
    if (count === 0) return
    const day = new Date(clock.now()).toISOString().slice(0, 10)
    const each = <T>(value: (what: Counted) => T) => Object.fromEntries(counted.map((what) => [what, value(what)]))
    const write = tx
      .insertInto('delivery_counts')
      .values({ day, kind, channel, ...each(() => count) })
      .onConflict((row) =>
        row
          .columns(['day', 'kind', 'channel'])
          .doUpdateSet(each((what) => sql`${sql.ref(`delivery_counts.${what}`)} + ${count}`)),
      )
    storage.withCommit(tx, write)
  }
  const add = (tx: Writer, what: Counted, kind: NotificationKind, channel: DeliveryChannel, count: number) =>
    addAll(tx, [what], kind, channel, count)

  return {
    add,

    /** What was sent and has arrived. */
    arrived: (tx: Writer, kind: NotificationKind, channel: DeliveryChannel, count: number) =>
      addAll(tx, ['sent', 'delivered'], kind, channel, count),

    seen(tx: Writer, kinds: readonly NotificationKind[]): void {
      for (const [kind, all] of Map.groupBy(kinds, (one) => one)) add(tx, 'seen', kind, 'page', all.length)
    },

    async opened(tx: Writer, notificationId: NotificationId, from: OpenedFrom): Promise<void> {
      const row = await tx
        .selectFrom('notifications')
        .where('id', '=', notificationId)
        .select('kind')
        .executeTakeFirst()
      if (row !== undefined) add(tx, 'clicked', row.kind, from === 'toast' ? 'page' : from, 1)
    },
  }
}
export type Counts = ReturnType<typeof createCounts>
