import { type Kysely, sql } from 'kysely'

/** Who was removed from a workspace, and when each invitation was made: in event sequences, which no clock can turn. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('removals')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('removals_key', ['workspace_id', 'user_id'] as never[])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  // Those that are there count as older than every removal to come.
  await db.schema
    .alterTable('invites')
    .addColumn('created_seq', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
}
