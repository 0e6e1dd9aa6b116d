import { type Kysely, sql } from 'kysely'

/**
 * Who asked to see which document. Of ids that are nobody's too: asking is the same for all of them, and so no key of
 * another table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('access_requests')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('declined_at', 'integer')
    .addPrimaryKeyConstraint('access_requests_key', ['document_id', 'user_id'] as never[])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  await db.schema.createIndex('access_requests_by_person').on('access_requests').columns(['user_id', 'at']).execute()
}
