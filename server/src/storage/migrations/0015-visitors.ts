import { type Kysely, sql } from 'kysely'

/** People without an account, whom something lets in for a document: each is one person wherever they write. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('visitors')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('external_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('image', 'text')
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('visitors_by_host')
    .unique()
    .on('visitors')
    .columns(['workspace_id', 'kind', 'host', 'external_id'])
    .execute()
}
