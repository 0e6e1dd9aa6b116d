import { type Kysely, sql } from 'kysely'

/** Members who are out for a time: a table beside `members`, so that nothing that asks for members finds them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('suspended_members')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull().check(sql`role in ('admin', 'member', 'guest')`))
    .addColumn('joined_at', 'integer', (c) => c.notNull())
    .addColumn('suspended_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('suspended_members_key', ['workspace_id', 'user_id'])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
}
