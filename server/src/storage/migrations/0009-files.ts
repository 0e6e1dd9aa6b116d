import { type Kysely, sql } from 'kysely'

/** Pictures and the documents that show them; what they hold lies beside the database, by its hash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('files')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  // What is removed from the disk is looked up by what is on it.
  await db.schema.createIndex('files_by_hash').on('files').columns(['hash']).execute()
  await db.schema
    .createTable('document_files')
    .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('file_id', 'text', (c) => c.notNull().references('files.id').onDelete('cascade'))
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_files_key', ['document_id', 'file_id'])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  await db.schema.createIndex('document_files_by_file').on('document_files').columns(['file_id']).execute()
  // What a workspace's pictures take is added up from the index alone.
  await db.schema
    .createIndex('document_files_by_workspace')
    .on('document_files')
    .columns(['workspace_id', 'file_id', 'bytes'])
    .execute()
}
