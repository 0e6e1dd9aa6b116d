import { NotificationKind } from './kinds.ts'
import { momentOf, type WallTime, wallTime, weekdayOf } from './localTime.ts'
import type {
  ChangePreferences,
  DigestRhythm,
  KindPreference,
  MailWhen,
  Notification,
  NotificationPreferences,
  QuietHours,
} from './schema.ts'

const quiet = (page: boolean, push: boolean, mail: MailWhen): KindPreference => ({ page, push, mail })

/** What is for one person alone comes at once; what happens around them is collected. */
const defaultKinds: Record<NotificationKind, KindPreference> = {
  mention: quiet(true, true, 'now'),
  edit: quiet(true, false, 'digest'),
  share: quiet(true, true, 'now'),
  'access-request': quiet(true, true, 'now'),
  invitation: quiet(true, false, 'digest'),
  membership: quiet(true, true, 'now'),
  comment: quiet(true, false, 'digest'),
  reply: quiet(true, true, 'now'),
  'task-assigned': quiet(true, true, 'now'),
  'task-due': quiet(true, true, 'now'),
  'task-done': quiet(true, false, 'digest'),
  job: quiet(true, false, 'off'),
  announcement: quiet(true, true, 'digest'),
  quota: quiet(true, false, 'now'),
  security: quiet(true, true, 'now'),
}

/** What holds for who has said nothing. Times are in UTC until a page says where the person is. */
export const defaultPreferences: NotificationPreferences = {
  kinds: defaultKinds,
  quietHours: null,
  digest: { every: 'day', hour: 8, weekday: 1 },
  timeZone: null,
  privateMail: false,
  watchOwn: true,
}

/** What is told of `change` over `before`; an undefined value says as little as none. */
const over = <T extends object>(before: T, change: { [K in keyof T]?: T[K] | undefined } = {}): T => ({
  ...before,
  ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
})

/** The preferences after a change: what it does not name is as before. */
export function withChange(before: NotificationPreferences, change: ChangePreferences): NotificationPreferences {
  const { kinds = {}, digest, ...rest } = change
  const changed = Object.fromEntries(
    NotificationKind.options.map((kind) => [kind, over(before.kinds[kind], kinds[kind])]),
  )
  return {
    ...over(before, rest),
    kinds: { ...before.kinds, ...changed },
    digest: over(before.digest, digest),
  }
}

/** Kinds that are always in the inbox: nobody should miss that somebody else is in their account. */
export const isAlwaysShown = (kind: NotificationKind): boolean => kind === 'security'

/** What a muted document still says: that it was shared with one, and whatever is of the account. */
export const isHeardMuted = (kind: NotificationKind): boolean => kind === 'share' || isAlwaysShown(kind)

/** The preferences for a kind, as they are kept. */
export function preferenceFor(preferences: NotificationPreferences, kind: NotificationKind): KindPreference {
  const { page, push, mail } = preferences.kinds[kind]
  return { page: page || isAlwaysShown(kind), push, mail }
}

type State = Pick<Notification, 'readAt' | 'snoozedUntil' | 'archivedAt'>

/** Whether it is in the list: not put away, and not asleep. */
export const isInInbox = ({ snoozedUntil, archivedAt }: Omit<State, 'readAt'>): boolean =>
  snoozedUntil === null && archivedAt === null

/** [NOTIFY-2] What counts as unread. */
export const isUnread = (notification: State): boolean => isInInbox(notification) && notification.readAt === null

/** How lists are sorted: what happened last, first. */
export const newestFirst = (
  a: Pick<Notification, 'id' | 'updatedAt'>,
  b: Pick<Notification, 'id' | 'updatedAt'>,
): number => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1)

/** Where a list goes on after this one: what `list` takes as its cursor. So a page begins where a window ends. */
export const cursorAfter = ({ updatedAt, id }: Pick<Notification, 'id' | 'updatedAt'>): string => `${updatedAt}-${id}`

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/**
 * When the quiet hours end in which `at` lies, in milliseconds since 1970; null: it lies in none. Who has the same time
 * twice has none.
 */
export function quietUntil(quietHours: QuietHours | null, timeZone: string | null, at: number): number | null {
  if (quietHours === null) return null
  const zone = timeZone ?? 'UTC'
  const [from, until] = [minutesOf(quietHours.from), minutesOf(quietHours.until)]
  const now = wallTime(at, zone)
  const minute = now.hour * 60 + now.minute
  const overMidnight = from > until
  const isQuiet = overMidnight ? minute >= from || minute < until : minute >= from && minute < until
  if (!isQuiet) return null
  const day = now.day + (overMidnight && minute >= from ? 1 : 0)
  const end = momentOf({ ...now, day, hour: Math.floor(until / 60), minute: until % 60 }, zone)
  // Clocks that are put back may show the end twice: the second is later than now.
  return end > at ? end : at + 60_000
}

/** When the next digest leaves after `at`, in milliseconds since 1970; null: there are none. */
export function nextDigest(rhythm: DigestRhythm, timeZone: string | null, at: number): number | null {
  const zone = timeZone ?? 'UTC'
  const now = wallTime(at, zone)
  if (rhythm.every === 'off') return null
  if (rhythm.every === 'hour') return Math.floor(at / 3_600_000) * 3_600_000 + 3_600_000
  const days = rhythm.every === 'day' ? 0 : (rhythm.weekday - weekdayOf(now) + 7) % 7
  const on = (later: number): WallTime => ({ ...now, day: now.day + later, hour: rhythm.hour, minute: 0 })
  const next = momentOf(on(days), zone)
  return next > at ? next : momentOf(on(days + (rhythm.every === 'day' ? 1 : 7)), zone)
}

/** The order in which preferences are shown. */
export const notificationKinds: readonly NotificationKind[] = NotificationKind.options
