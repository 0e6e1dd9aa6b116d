import { installationScope } from '@weft/shared/events'
import type { NotificationId, UserId } from '@weft/shared/kit'
import type { NotificationKind } from '@weft/shared/notifications'
import type { Writer } from '../storage/port.ts'
import type { Actor } from '../workspaces/index.ts'
import type { ChangeInbox } from './changing.ts'
import type { Counts, OpenedFrom } from './counts.ts'
import type { DueTimer } from './DueTimer.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { noNotification } from './policy.ts'
import type { NotificationRow } from './rows.ts'

type Done = Promise<{ seq: number }>

/** What a person does with their own inbox: one transaction each, once for each command id [EVENT-4]. */
export function createInboxCommands(
  { commit, clock }: NotificationsDependencies,
  change: ChangeInbox,
  snoozes: DueTimer,
  counts: Counts,
) {
  const command = (by: Actor, work: (tx: Writer, seq: number) => Promise<NotificationRow[]>): Done =>
    commit(by, installationScope, async (tx) => ({ seq: await change(tx, by.userId, (seq) => work(tx, seq)) }))

  const own = (tx: Writer, userId: UserId, ids: readonly NotificationId[]) =>
    tx.updateTable('notifications').where('user_id', '=', userId).where('id', 'in', ids)

  function countSeen(tx: Writer, rows: NotificationRow[]): NotificationRow[] {
    counts.seen(
      tx,
      rows.map(({ kind }) => kind),
    )
    return rows
  }

  async function readNow(tx: Writer, userId: UserId, ids: readonly NotificationId[], seq: number) {
    const rows = await own(tx, userId, ids)
      .where('read_at', 'is', null)
      .set({ read_at: clock.now(), seq })
      .returningAll()
      .execute()
    return countSeen(tx, rows)
  }

  async function requireOwn(tx: Writer, userId: UserId, id: NotificationId): Promise<void> {
    const row = await tx
      .selectFrom('notifications')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .where('hidden', '=', 0)
      .select('id')
      .executeTakeFirst()
    if (row === undefined) throw noNotification()
  }

  return {
    /** Those that are not there any more are passed over: what was marked offline may have been cleaned up since. */
    mark: (by: Actor, ids: readonly NotificationId[], read: boolean): Done =>
      command(by, async (tx, seq) => {
        if (read) return readNow(tx, by.userId, ids, seq)
        return own(tx, by.userId, ids)
          .where('read_at', 'is not', null)
          .set({ read_at: null, seq })
          .returningAll()
          .execute()
      }),

    /** What came after `upTo` was not seen by who asks for this, and stays unread. */
    markAll: (by: Actor, upTo: number, kinds?: readonly NotificationKind[]): Done =>
      command(by, async (tx, seq) => {
        const rows = await tx
          .updateTable('notifications')
          .where('user_id', '=', by.userId)
          .where('place', '=', 'inbox')
          .where('unread', '=', 1)
          .where('seq', '<=', upTo)
          .$if(kinds !== undefined, (query) => query.where('kind', 'in', kinds ?? []))
          .set({ read_at: clock.now(), seq })
          .returningAll()
          .execute()
        return countSeen(tx, rows)
      }),

    archive: (by: Actor, ids: readonly NotificationId[], archived: boolean): Done =>
      command(by, async (tx, seq) => {
        const at = archived ? clock.now() : null
        return own(tx, by.userId, ids)
          .where('archived_at', archived ? 'is' : 'is not', null)
          .set({ archived_at: at, seq })
          .returningAll()
          .execute()
      }),

    async snooze(by: Actor, id: NotificationId, until: number | null): Done {
      const done = await command(by, async (tx, seq) => {
        await requireOwn(tx, by.userId, id)
        const later = until !== null && until > clock.now() ? until : null
        return own(tx, by.userId, [id])
          .where('snoozed_until', 'is not', later)
          .set({ snoozed_until: later, seq })
          .returningAll()
          .execute()
      })
      snoozes.wake()
      return done
    },

    open: (by: Actor, id: NotificationId, from: OpenedFrom): Done =>
      command(by, async (tx, seq) => {
        await requireOwn(tx, by.userId, id)
        await counts.opened(tx, id, from)
        return readNow(tx, by.userId, [id], seq)
      }),
  }
}
