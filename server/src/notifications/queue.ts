import type { NotificationId, UserId } from '@weft/shared/kit'
import {
  type DigestRhythm,
  type KindPreference,
  type NotificationPreferences,
  nextDigest,
  quietUntil,
} from '@weft/shared/notifications'
import type { Reader, Writer } from '../storage/port.ts'
import type { Delivery } from './deliveryStore.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { jsonIds, jsonRows } from './jsonRows.ts'
import type { Notice } from './notice.ts'
import { timedId } from './timedId.ts'

/** A row that was written for somebody, with what they wish of its kind. */
export interface Written {
  notificationId: NotificationId
  userId: UserId
  preference: KindPreference
  preferences: NotificationPreferences
  /** Where pushes go. */
  targets: readonly string[]
  /** It was not there before: nothing waits for it yet. */
  isNew: boolean
  /** It sleeps: nothing leaves for it. */
  isAsleep: boolean
}

/**
 * A mail waits so long, in ms: several facts on one document become one mail, and what is read at once on the page
 * becomes none.
 */
const mailPatience = 10_000

const columns = [
  'id',
  'user_id',
  'notification_id',
  'kind',
  'channel',
  'mode',
  'target',
  'state',
  'due_at',
  'created_at',
] as const
type NewDelivery = Pick<Delivery, (typeof columns)[number]>

/** Where the pushes of some people go. */
export async function readPushTargets(db: Reader, userIds: readonly UserId[]): Promise<Map<UserId, string[]>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('push_subscriptions')
    .where('user_id', 'in', jsonIds(userIds))
    .select(['user_id', 'endpoint'])
    .execute()
  return new Map([...Map.groupBy(rows, (row) => row.user_id)].map(([id, all]) => [id, all.map((row) => row.endpoint)]))
}

/** Puts what should leave by mail and push into the queue, in the transaction that tells of it. */
export function createQueue({ storage, clock, sync }: NotificationsDependencies, wake: () => void) {
  /** What waits already for the same rows, and will say all that there is to say when it leaves. */
  async function waitingOf(tx: Writer, written: readonly Written[]): Promise<Set<string>> {
    const known = written.filter(({ isNew }) => !isNew).map(({ notificationId }) => notificationId)
    if (known.length === 0) return new Set()
    const rows = await tx
      .selectFrom('deliveries')
      .where('notification_id', 'in', jsonIds(known))
      .where('state', '=', 'waiting')
      .select(['notification_id', 'channel', 'target'])
      .execute()
    return new Set(rows.map((row) => keyOf(row.notification_id, row.channel, row.target)))
  }

  return {
    async enqueue(tx: Writer, notice: Notice, all: readonly Written[]): Promise<void> {
      const { documentId, kind } = notice
      const isSeen = (userId: UserId): boolean => documentId !== null && sync.isLookingAt(userId, documentId)
      const written = all.filter(({ userId, isAsleep }) => !isAsleep && !isSeen(userId))
      if (written.length === 0) return
      const now = clock.now()
      const waiting = await waitingOf(tx, written)
      const rows: NewDelivery[] = []
      const digestAt = digestsFrom(now)
      const add = (
        { userId, notificationId }: Written,
        row: Pick<NewDelivery, 'channel' | 'mode' | 'due_at'> & { target: string | null },
      ): void => {
        if (waiting.has(keyOf(notificationId, row.channel, row.target))) return
        const made = { id: timedId(now), user_id: userId, notification_id: notificationId, created_at: now }
        rows.push({ ...made, ...row, kind, state: 'waiting' })
      }
      for (const one of written) {
        const { preference, preferences, targets } = one
        const { quietHours, timeZone, digest } = preferences
        const quiet = quietUntil(quietHours, timeZone, now)
        for (const target of targets) {
          add(one, { channel: 'push', mode: 'now', due_at: quiet ?? now, target })
        }
        if (preference.mail === 'now') {
          add(one, { channel: 'mail', mode: 'now', due_at: quiet ?? now + mailPatience, target: null })
        }
        const due = preference.mail === 'digest' ? digestAt(digest, timeZone) : null
        if (due !== null) add(one, { channel: 'mail', mode: 'digest', due_at: due, target: null })
      }
      if (rows.length === 0) return
      const deliveries = tx
        .insertInto('deliveries')
        .columns(columns)
        .expression((eb) => eb.selectFrom(jsonRows(rows, columns)).select(columns))
      storage.withCommit(tx, deliveries)
      // Not before: who looks too early sees nothing, and looks no more.
      storage.afterCommit(tx, wake)
    },
  }
}
export type Queue = ReturnType<typeof createQueue>

/** When digests leave after a moment; most people of a batch have the same rhythm, and calendars are slow. */
function digestsFrom(now: number) {
  const known = new Map<string, number | null>()
  return (rhythm: DigestRhythm, timeZone: string | null): number | null => {
    const key = `${rhythm.every} ${rhythm.weekday} ${rhythm.hour} ${timeZone}`
    const at = known.get(key)
    if (at !== undefined) return at
    const next = nextDigest(rhythm, timeZone, now)
    known.set(key, next)
    return next
  }
}

const keyOf = (notificationId: string, channel: string, target: string | null): string =>
  `${notificationId} ${channel} ${target ?? ''}`
