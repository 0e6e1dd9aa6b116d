import { type Kysely, sql } from 'kysely'

/** Documents that only those may open who are listed on them, and which one of those each document lies in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('documents')
    .addColumn('restricted', 'integer', (c) => c.notNull().defaultTo(0).check(sql`restricted in (0, 1)`))
    .execute()
  await db.schema
    .alterTable('documents')
    .addColumn('audience_id', 'text', (c) => c.references('documents.id'))
    .execute()
  // Most documents are for their whole workspace and not in it.
  await db.schema
    .createIndex('documents_by_audience')
    .on('documents')
    .column('audience_id')
    .where(sql.ref('audience_id'), 'is not', null)
    .execute()
}
