import type { UserId } from '@weft/shared/kit'
import { windowEntries } from '@weft/shared/sync'
import { sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'
import type { BuiltWindow, WindowChange, WindowEntry, WindowHandle } from '../sync/index.ts'
import { always, jsonRows } from './jsonRows.ts'
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

/** The sequence to which the inbox of a row that is being written is raised next. */
export const nextSeq = sql<number>`coalesce((select seq from inboxes where inboxes.user_id = row.user_id), 0) + 1`

/** [NOTIFY-2] Counted, never reckoned: the count cannot come to differ from the rows. */
const unreadOf = sql<number>`(select count(*) from notifications as n
  where n.user_id = row.user_id and n.place = 'inbox' and n.unread = 1)`

/** [EVENT-3] Raises the sequence of each inbox by one, counts what is unread, and returns what it has come to. */
export function raiseHeads(tx: Writer, userIds: readonly UserId[]) {
  const people = userIds.map((user_id) => ({ user_id }))
  return tx
    .insertInto('inboxes')
    .columns(['user_id', 'seq', 'unread'])
    .expression((eb) =>
      eb
        .selectFrom(jsonRows(people, ['user_id']))
        .select(['user_id', eb.lit(1).as('seq'), unreadOf.as('unread')])
        .where(always),
    )
    .onConflict((row) =>
      row
        .column('user_id')
        .doUpdateSet((eb) => ({ seq: eb('inboxes.seq', '+', 1), unread: eb.ref('excluded.unread') })),
    )
    .returningAll()
}

/** Rows that have just been committed, of any number of people, for whoever reads their inbox at that moment. */
export function showRows(
  handle: WindowHandle,
  heads: readonly (Head & { user_id: UserId })[],
  rows: readonly NotificationRow[],
): void {
  const byReader = Map.groupBy(rows, (row) => row.user_id)
  for (const head of heads) {
    const reader = head.user_id
    if (handle.isLoaded(reader)) handle.apply(reader, changeOf(head, byReader.get(reader) ?? []))
  }
}

const changeOf = ({ seq, unread }: Head, rows: readonly NotificationRow[]): WindowChange => ({
  seq,
  // More than it keeps would only be dropped again.
  set: rows
    .filter(({ place }) => place === 'inbox')
    .sort((a, b) => a.updated_at - b.updated_at)
    .slice(-windowEntries)
    .map(entryOf),
  remove: rows.filter(({ place }) => place !== 'inbox').map(({ id }) => id),
  meta: { unread },
})
