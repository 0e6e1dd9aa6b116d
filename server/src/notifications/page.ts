import type { NotificationId, UserId } from '@weft/shared/kit'
import type { NotificationKind, NotificationPage, NotificationView } from '@weft/shared/notifications'
import { sql } from 'kysely'
import type { Reader } from '../storage/port.ts'
import { type NotificationRow, toNotification } from './rows.ts'

export interface PageRequest {
  view: NotificationView
  unread?: boolean | undefined
  kinds?: readonly NotificationKind[] | undefined
  cursor?: string | undefined
  limit: number
}

const cursorOf = ({ updated_at, id }: NotificationRow): string => `${updated_at}-${id}`

function keysetOf(cursor: string): { at: number; id: string } {
  const dash = cursor.indexOf('-')
  return { at: Number(cursor.slice(0, dash)), id: cursor.slice(dash + 1) }
}

/** [NOTIFY-2] A page with the inbox's sequence and unread count, in one statement: one snapshot. */
export async function readPage(
  db: Reader,
  userId: UserId,
  { view, unread, kinds, cursor, limit }: PageRequest,
): Promise<Omit<NotificationPage, 'names'>> {
  const before = cursor === undefined ? null : keysetOf(cursor)
  const rows = await db
    .selectFrom('inboxes')
    .leftJoin('notifications', (join) => {
      let on = join.on('notifications.user_id', '=', userId).on('notifications.place', '=', view)
      if (unread !== undefined) on = on.on('notifications.unread', '=', unread ? 1 : 0)
      if (kinds !== undefined) on = on.on('notifications.kind', 'in', kinds)
      if (before === null) return on
      return on.on(sql<boolean>`(notifications.updated_at, notifications.id) < (${before.at}, ${before.id})`)
    })
    .where('inboxes.user_id', '=', userId)
    .selectAll('notifications')
    .select(['inboxes.seq as head', 'inboxes.unread as unreadCount'])
    .orderBy('notifications.updated_at', 'desc')
    .orderBy('notifications.id', 'desc')
    .limit(limit + 1)
    .execute()
  const found = rows.flatMap((row) => (row.id === null ? [] : [row as NotificationRow]))
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  return {
    notifications: shown.map(toNotification),
    next: last === undefined ? null : cursorOf(last),
    seq: rows[0]?.head ?? 0,
    unread: rows[0]?.unreadCount ?? 0,
  }
}

/** Those of one's own that can be seen now; the ids of others' are passed over. */
export async function readSome(db: Reader, userId: UserId, ids: readonly NotificationId[]): Promise<NotificationRow[]> {
  return db
    .selectFrom('notifications')
    .where('id', 'in', ids)
    .where('user_id', '=', userId)
    .where('hidden', '=', 0)
    .selectAll()
    .execute()
}
