import type { UserId } from '@weft/shared/kit'
import { windowEntries } from '@weft/shared/sync'
import { sql } from 'kysely'
import type { Reader, Storage, Writer } from '../storage/port.ts'
import type { BuiltWindow, WindowChange, WindowEntry, WindowHandle } from '../sync/index.ts'
import { type NotificationRow, toNotification } from './rows.ts'

export interface Head {
  seq: number
  unread: number
}

const entryOf = (row: NotificationRow): WindowEntry => ({
  key: row.id,
  value: toNotification(row),
  rank: row.updated_at,
})

/**
 * [NOTIFY-2] The newest rows of an inbox with its sequence and unread count, in one statement: one snapshot.
 * Where nobody was ever told of anything there is no row.
 */
export async function readInbox(db: Reader, userId: UserId): Promise<BuiltWindow> {
  const rows = await db
    .selectFrom('inboxes')
    .leftJoin('notifications', (join) =>
      join.onRef('notifications.user_id', '=', 'inboxes.user_id').on('notifications.place', '=', 'inbox'),
    )
    .where('inboxes.user_id', '=', userId)
    .selectAll('notifications')
    .select(['inboxes.seq as head', 'inboxes.unread as unreadCount'])
    .orderBy('notifications.updated_at', 'desc')
    .orderBy('notifications.id', 'desc')
    .limit(windowEntries)
    .execute()
  const [first] = rows
  return {
    seq: first?.head ?? 0,
    entries: rows.flatMap((row) => (row.id === null ? [] : [entryOf(row as NotificationRow)])),
    meta: { unread: first?.unreadCount ?? 0 },
  }
}

export async function readHead(db: Reader, userId: UserId): Promise<Head> {
  const row = await db.selectFrom('inboxes').where('user_id', '=', userId).select(['seq', 'unread']).executeTakeFirst()
  return row ?? { seq: 0, unread: 0 }
}

/** [EVENT-3] Raises the sequence of each inbox by one, and says what it has come to. */
export async function nextSequences(tx: Writer, userIds: readonly UserId[]): Promise<Map<UserId, number>> {
  const rows = await tx
    .insertInto('inboxes')
    .values(userIds.map((user_id) => ({ user_id, seq: 1, unread: 0 })))
    .onConflict((row) => row.column('user_id').doUpdateSet((eb) => ({ seq: eb('inboxes.seq', '+', 1) })))
    .returning(['user_id', 'seq'])
    .execute()
  return new Map(rows.map((row) => [row.user_id, row.seq]))
}

/** [NOTIFY-2] Counted, never reckoned: the count cannot come to differ from the rows. */
export const countUnread = (tx: Writer, userIds: readonly UserId[]): Promise<unknown> =>
  tx
    .updateTable('inboxes')
    .set({
      unread: sql<number>`(select count(*) from notifications as n where n.user_id = inboxes.user_id and n.unread = 1)`,
    })
    .where('user_id', 'in', userIds)
    .execute()

/** What the newest sequence of each inbox changed, for those who read it at the moment of the commit. */
export async function showChanges(
  storage: Pick<Storage, 'afterCommit'>,
  handle: WindowHandle,
  tx: Writer,
  userIds: readonly UserId[],
): Promise<void> {
  const rows = await tx
    .selectFrom('inboxes')
    .leftJoin('notifications', (join) =>
      join.onRef('notifications.user_id', '=', 'inboxes.user_id').onRef('notifications.seq', '=', 'inboxes.seq'),
    )
    .where('inboxes.user_id', 'in', userIds)
    .selectAll('notifications')
    .select(['inboxes.user_id as reader', 'inboxes.seq as head', 'inboxes.unread as unreadCount'])
    .execute()
  const byReader = Map.groupBy(rows, ({ reader }) => reader)
  storage.afterCommit(tx, () => {
    for (const [reader, changed] of byReader) {
      if (!handle.isLoaded(reader)) continue
      handle.apply(reader, changeOf(changed))
    }
  })
}

type Changed = { head: number; unreadCount: number } & { [K in keyof NotificationRow]: NotificationRow[K] | null }

function changeOf(changed: readonly Changed[]): WindowChange {
  const rows = changed.flatMap((row) => (row.id === null ? [] : [row as NotificationRow]))
  const [first] = changed
  return {
    seq: first?.head ?? 0,
    // More than it keeps would only be dropped again.
    set: rows
      .filter(({ place }) => place === 'inbox')
      .sort((a, b) => a.updated_at - b.updated_at)
      .slice(-windowEntries)
      .map(entryOf),
    remove: rows.filter(({ place }) => place !== 'inbox').map(({ id }) => id),
    meta: { unread: first?.unreadCount ?? 0 },
  }
}
