import { type Kysely, sql } from 'kysely'

/** Links by which a document can be read, and whether a workspace wants any that are for everybody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('workspaces')
    .addColumn('public_links', 'integer', (c) => c.notNull().defaultTo(1).check(sql`public_links in (0, 1)`))
    .execute()
  await db.schema
    .createTable('shared_links')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('reach', 'text', (c) => c.notNull().check(sql`reach in ('restricted', 'workspace', 'anyone')`))
    .addColumn('expires_at', 'integer')
    .addColumn('password_hash', 'text')
    .addColumn('indexed', 'integer', (c) => c.notNull().check(sql`indexed in (0, 1)`))
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('ended_at', 'integer')
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  await db.schema.createIndex('shared_links_by_document').on('shared_links').columns(['document_id']).execute()
}
