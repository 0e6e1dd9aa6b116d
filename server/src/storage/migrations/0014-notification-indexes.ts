import { type Kysely, sql } from 'kysely'

/**
 * Telling many people writes a page of each index that begins with the person: two of five are enough. What is unread
 * lies in the index of places, what is told alone is in no group, and what speaks of no document is not found by one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of ['by_unread', 'by_seq', 'by_place', 'by_group', 'by_document']) {
    await db.schema.dropIndex(`notifications_${name}`).execute()
  }
  await db.schema
    .createIndex('notifications_by_place')
    .on('notifications')
    .columns(['user_id', 'place', 'updated_at', 'id', 'unread'])
    .execute()
  await sql`create index notifications_by_group on notifications (user_id, group_key)
    where archived_at is null and kind <> 'announcement'`.execute(db)
  await sql`create index notifications_by_document on notifications (document_id, user_id)
    where document_id is not null`.execute(db)
}
