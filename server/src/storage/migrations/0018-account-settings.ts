import { type Kysely, sql } from 'kysely'

/** What a person chose for all their devices, each by itself, so that one change loses no other. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('account_settings')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('value', 'text')
    .addPrimaryKeyConstraint('account_settings_key', ['user_id', 'name'])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
}
