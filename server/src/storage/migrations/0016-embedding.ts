import { type Kysely, sql } from 'kysely'

/** Keys by which the servers of hosts open documents for their people, and the places whose pages may open them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('prefix', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'text', (c) => c.notNull().unique())
    .addColumn('role', 'text', (c) => c.notNull().check(sql`role in ('view', 'comment', 'suggest', 'edit')`))
    // A key to a document that is gone must not become one to all of them: it goes along.
    .addColumn('document_id', 'text', (c) => c.references('documents.id').onDelete('cascade'))
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('expires_at', 'integer', (c) => c.notNull())
    .addColumn('used_at', 'integer')
    .addColumn('revoked_at', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema.createIndex('api_keys_by_workspace').on('api_keys').columns(['workspace_id']).execute()
  await db.schema.createIndex('api_keys_by_document').on('api_keys').columns(['document_id']).execute()
  await db.schema
    .createTable('allowed_origins')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('origin', 'text', (c) => c.notNull())
    .addUniqueConstraint('allowed_origins_once', ['workspace_id', 'origin'] as never[])
    .modifyEnd(sql`strict`)
    .execute()
}
