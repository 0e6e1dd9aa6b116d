import { type Kysely, sql } from 'kysely'

/** Icons, templates, the archive and stars; and the end of what is in the trash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('documents').addColumn('icon', 'text').execute()
  await db.schema
    .alterTable('documents')
    .addColumn('template', 'integer', (c) => c.notNull().defaultTo(0).check(sql`template in (0, 1)`))
    .execute()
  await db.schema.alterTable('documents').addColumn('archived_at', 'integer').execute()
  await db.schema
    .createIndex('documents_removed')
    .on('documents')
    .columns(['removed_at'])
    .where(sql.ref('removed_at'), 'is not', null)
    .execute()
  await db.schema
    .createTable('stars')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('stars_key', ['user_id', 'document_id'] as never[])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  // What goes with a document is found by it.
  await db.schema.createIndex('stars_by_document').on('stars').columns(['document_id']).execute()
  await db.schema
    .createTable('purged_texts')
    .addColumn('document_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .modifyEnd(sql`strict, without rowid`)
    .execute()
}
