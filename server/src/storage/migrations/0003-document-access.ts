import { type Kysely, sql } from 'kysely'

/** Documents that only those may open who are listed on them, and which one of those each document lies in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('documents')
    .addColumn('restricted', 'integer', (c) => c.notNull().defaultTo(0).check(sql`restricted in (0, 1)`))
    .execute()
  // Without a key: it is written for all that lies below a document at once, and checking it doubles what that takes.
  await db.schema.alterTable('documents').addColumn('audience_id', 'text').execute()
}
