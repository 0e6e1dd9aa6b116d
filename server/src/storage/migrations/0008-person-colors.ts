import { type Kysely, sql } from 'kysely'

/** The colours of people whose first one somebody else in their workspace had. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person_colors')
    .addColumn('user_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('color', 'integer', (c) => c.notNull())
    .modifyEnd(sql`strict, without rowid`)
    .execute()
}
