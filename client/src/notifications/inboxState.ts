import type { NotificationId } from '@weft/shared/kit'
import { InboxMeta, isInInbox, isUnread, Notification } from '@weft/shared/notifications'
import { type InboxCall, isInboxCall, type OutboxRow, type WindowView } from '../live/index.ts'

/** One's inbox as this page shows it: the newest rows and the count, as the server said, with what was done here since. */
export interface InboxState {
  /** Those of the window, in no order. */
  rows: ReadonlyMap<NotificationId, Notification>
  unread: number
  /** What it has come to [EVENT-3]; null: nothing has been seen yet. */
  seq: number | null
}

/** A window's entries stay the same objects until they change. */
const parsed = new WeakMap<object, Notification | null>()

function notificationIn(entry: unknown): Notification | null {
  if (typeof entry !== 'object' || entry === null) return null
  const known = parsed.get(entry)
  if (known !== undefined) return known
  const notification = Notification.safeParse(entry).data ?? null
  parsed.set(entry, notification)
  return notification
}

/** What the window says [NOTIFY-2]. An entry that this version cannot read is left out, and counts all the same. */
export function stateOf({ entries, meta }: Pick<WindowView, 'entries' | 'meta'>): InboxState {
  const { data } = InboxMeta.safeParse(meta)
  const rows = [...entries.values()].flatMap((entry) => notificationIn(entry) ?? [])
  return { rows: new Map(rows.map((row) => [row.id, row])), unread: data?.unread ?? 0, seq: data?.seq ?? null }
}

/** What a command makes of a row; `at`: when it was given. */
function changed(row: Notification, { name, input }: InboxCall, at: number): Notification {
  switch (name) {
    case 'notifications.mark':
      if (!input.ids.includes(row.id)) return row
      return { ...row, readAt: input.read ? (row.readAt ?? at) : null }
    case 'notifications.markAll':
      if (row.seq > input.upTo || !isUnread(row) || input.kinds?.includes(row.kind) === false) return row
      return { ...row, readAt: at }
    case 'notifications.archive':
      if (!input.ids.includes(row.id)) return row
      return { ...row, archivedAt: input.archived ? at : null }
    case 'notifications.snooze':
      if (input.notificationId !== row.id) return row
      return { ...row, snoozedUntil: input.until !== null && input.until > at ? input.until : null }
    case 'notifications.open':
      return input.notificationId === row.id ? { ...row, readAt: row.readAt ?? at } : row
    default:
      return row
  }
}

/** Commands on the inbox that a state of this sequence does not show: those that wait, and those that it is behind. */
export const notShownIn = (commands: readonly OutboxRow[], seq: number | null): readonly OutboxRow[] =>
  commands.filter(
    ({ call, state, seq: shownBy }) =>
      isInboxCall(call) && state !== 'refused' && (shownBy === undefined || seq === null || seq < shownBy),
  )

/**
 * Rows with what was done here since [EVENT-3]. Laid over rows that show it already, it changes nothing.
 */
export function withMarks(rows: readonly Notification[], commands: readonly OutboxRow[]): Notification[] {
  return rows.map((row) =>
    commands.reduce((now, { call, at }) => (isInboxCall(call) ? changed(now, call, at) : now), row),
  )
}

/** All older ones are read too, which no window shows. */
const readsAll = ({ call }: OutboxRow): boolean =>
  call.name === 'notifications.markAll' && call.input.kinds === undefined

/**
 * The state with what was done here since, in the rows and in the count: the server's count, less what these commands
 * will take from it.
 */
export function withCommands(state: InboxState, commands: readonly OutboxRow[]): InboxState {
  const waiting = notShownIn(commands, state.seq)
  if (waiting.length === 0) return state
  const all = [...state.rows.values()]
  const before = waiting.some(readsAll) ? all.filter(isUnread).length : state.unread
  const after = withMarks(all, waiting)
  const count = (rows: readonly Notification[]): number => rows.filter(isUnread).length
  return {
    ...state,
    rows: new Map(after.map((row) => [row.id, row])),
    unread: Math.max(0, before + count(after) - count(all)),
  }
}

/** Whether a row belongs to the part of the list that is looked at. */
export const isIn = (view: 'inbox' | 'snoozed' | 'archived', row: Notification): boolean => {
  if (view === 'inbox') return isInInbox(row)
  return view === 'archived' ? row.archivedAt !== null : row.archivedAt === null && row.snoozedUntil !== null
}
