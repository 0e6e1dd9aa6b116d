import { type Kysely, sql } from 'kysely'

/** Pictures of people and workspaces, a few kilobytes each, beside what names them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pictures')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('type', 'text', (c) => c.notNull().check(sql`type in ('image/webp', 'image/png')`))
    .addColumn('data', 'blob', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema.alterTable('workspaces').addColumn('image', 'text').execute()
}
