import { type Kysely, sql } from 'kysely'

/** What the readable history is made of: editing spells, activity with who may see it, and titles to be searched. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await spells(db)
  await activity(db)
  await titles(db)
}

async function spells(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('spells')
    .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('author_id', 'text', (c) => c.notNull())
    .addColumn('from_at', 'integer', (c) => c.notNull())
    .addColumn('to_at', 'integer', (c) => c.notNull())
    .addColumn('edits', 'integer', (c) => c.notNull())
    .addColumn('added', 'integer', (c) => c.notNull())
    .addColumn('removed', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('spells_key', ['document_id', 'author_id'] as never[])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  await db.schema
    .createTable('spell_positions')
    .addColumn('document_id', 'text', (c) => c.primaryKey().notNull().references('documents.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  // What was written before is not told as if it happened today.
  await sql`insert into spell_positions (document_id, seq)
    select id, coalesce(
      (select max(seq) from journal where document_id = documents.id),
      (select seq from snapshots where document_id = documents.id),
      0
    ) from documents`.execute(db)
}

async function activity(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('activity')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('audience_id', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('document_id', 'text')
    .addColumn('subject_id', 'text')
    .addColumn('detail', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('activity_key', ['workspace_id', 'seq'] as never[])
    .modifyEnd(sql`strict, without rowid`)
    .execute()
  // Asked for with each page: who may read which audiences.
  await db.schema
    .createIndex('documents_restricted')
    .on('documents')
    .column('workspace_id')
    .where(sql.ref('restricted'), '=', sql.lit(1))
    .execute()
  const indexes = {
    // Each ends in the order of a page; what may be asked beside it stands behind, so that a walk stays in the index.
    activity_by_audience: ['workspace_id', 'audience_id', 'at', 'seq'],
    activity_by_type: ['workspace_id', 'audience_id', 'type', 'at', 'seq'],
    activity_by_actor: ['workspace_id', 'actor_id', 'audience_id', 'at', 'seq', 'type'],
    activity_by_document: ['workspace_id', 'document_id', 'at', 'seq', 'actor_id', 'subject_id', 'type', 'audience_id'],
    activity_by_subject: ['workspace_id', 'subject_id', 'audience_id', 'at', 'seq', 'type'],
  }
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(name).on('activity').columns(columns).execute()
  }
}

/** A table of its own, since `documents` has no number that stays the same, which a full-text index goes by. */
async function titles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('document_titles')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('document_id', 'text', (c) => c.notNull().unique().references('documents.id').onDelete('cascade'))
    .addColumn('title', 'text', (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute()
  await sql`create virtual table document_titles_index using fts5 (
    title, content = 'document_titles', content_rowid = 'id', prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
  )`.execute(db)
  await sql`create trigger document_titles_inserted after insert on document_titles begin
    insert into document_titles_index (rowid, title) values (new.id, new.title);
  end`.execute(db)
  await sql`create trigger document_titles_deleted after delete on document_titles begin
    insert into document_titles_index (document_titles_index, rowid, title) values ('delete', old.id, old.title);
  end`.execute(db)
  await sql`create trigger document_titles_changed after update of title on document_titles begin
    insert into document_titles_index (document_titles_index, rowid, title) values ('delete', old.id, old.title);
    insert into document_titles_index (rowid, title) values (new.id, new.title);
  end`.execute(db)
  await sql`create trigger documents_titled after insert on documents begin
    insert into document_titles (document_id, title) values (new.id, new.title);
  end`.execute(db)
  await sql`create trigger documents_renamed after update of title on documents when old.title <> new.title begin
    update document_titles set title = new.title where document_id = new.id;
  end`.execute(db)
  await sql`insert into document_titles (document_id, title) select id, title from documents`.execute(db)
}
