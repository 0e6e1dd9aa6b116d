import { type Kysely, sql } from 'kysely'

/** Every mention that was ever written into a text, by which a copy of it is known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mentions')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addColumn('at', 'integer', (c) => c.notNull())
    .modifyEnd(sql`strict, without rowid`)
    .execute()
}
