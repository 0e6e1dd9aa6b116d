import { type Kysely, sql } from 'kysely'

/** The full-text index of titles and bodies, what it was made from, who has written in which document, and where each leads. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('search_parts')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addUniqueConstraint('search_parts_key', ['document_id', 'part'] as never[])
    .modifyEnd(sql`strict`)
    .execute()
  await index(db)
  await db.schema
    .createTable('search_positions')
    .addColumn('document_id', 'text', (c) => c.primaryKey().notNull().references('documents.id').onDelete('cascade'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  await db.schema
    .createTable('search_authors')
    .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('author_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('search_authors_key', ['document_id', 'author_id'] as never[])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  // Without a key to where it leads: that document may be made later.
  await db.schema
    .createTable('document_links')
    .addColumn('from_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('to_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_links_key', ['from_id', 'to_id'] as never[])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  await db.schema.createIndex('document_links_by_target').on('document_links').columns(['to_id', 'from_id']).execute()
}

/** The workspace is in it so that a search does not walk through what other workspaces have of its words. */
async function index(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table search_index using fts5 (
    workspace_id, title, body, content = 'search_parts', content_rowid = 'id', prefix = '2',
    tokenize = 'unicode61 remove_diacritics 2'
  )`.execute(db)
  await sql`create trigger search_parts_inserted after insert on search_parts begin
    insert into search_index (rowid, workspace_id, title, body) values (new.id, new.workspace_id, new.title, new.body);
  end`.execute(db)
  await sql`create trigger search_parts_deleted after delete on search_parts begin
    insert into search_index (search_index, rowid, workspace_id, title, body)
      values ('delete', old.id, old.workspace_id, old.title, old.body);
  end`.execute(db)
  await sql`create trigger search_parts_changed after update on search_parts begin
    insert into search_index (search_index, rowid, workspace_id, title, body)
      values ('delete', old.id, old.workspace_id, old.title, old.body);
    insert into search_index (rowid, workspace_id, title, body) values (new.id, new.workspace_id, new.title, new.body);
  end`.execute(db)
}
