import { type CreateTableBuilder, type Kysely, sql } from 'kysely'

// Accounts live in the account library's tables, made after these: nothing can refer to them by key.
const strict = sql`strict`
// Clustered by its key: for tables of small rows that are always found by it.
const clustered = sql`strict, without rowid`

/** Every table of `schema.ts` but the account library's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await people(db)
  await documents(db)
  await text(db)
  await facts(db)
}

type Columns = CreateTableBuilder<string, never>
const make = (db: Kysely<unknown>, name: string, columns: (table: Columns) => Columns, end = clustered) =>
  columns(db.schema.createTable(name) as Columns)
    .modifyEnd(end)
    .execute()
const memberRole = sql`role in ('owner', 'admin', 'member', 'guest')`

async function people(db: Kysely<unknown>): Promise<void> {
  await make(db, 'installation', (t) =>
    t
      .addColumn('id', 'integer', (c) => c.primaryKey().notNull().check(sql`id = 1`))
      .addColumn('owner_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull()),
  )
  await make(db, 'workspaces', (t) =>
    t
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull()),
  )
  await make(db, 'members', (t) =>
    t
      .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull().check(memberRole))
      .addColumn('joined_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('members_key', ['workspace_id', 'user_id'] as never[]),
  )
  await db.schema.createIndex('members_by_user').on('members').columns(['user_id']).execute()
  await make(db, 'invites', (t) =>
    t
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('role', 'text', (c) => c.notNull().check(memberRole))
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer', (c) => c.notNull())
      .addColumn('max_uses', 'integer', (c) => c.check(sql`max_uses > 0`))
      .addColumn('uses', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('withdrawn_at', 'integer')
      .addCheckConstraint('invites_not_overused', sql`max_uses is null or uses <= max_uses`),
  )
  await db.schema.createIndex('invites_by_workspace').on('invites').columns(['workspace_id']).execute()
  await make(db, 'last_seen', (t) =>
    t
      .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('last_seen_key', ['workspace_id', 'user_id'] as never[]),
  )
}

async function documents(db: Kysely<unknown>): Promise<void> {
  await make(
    db,
    'documents',
    (t) =>
      t
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspaces.id').onDelete('cascade'))
        .addColumn('parent_id', 'text', (c) => c.references('documents.id'))
        .addColumn('position', 'text', (c) => c.notNull())
        .addColumn('title', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('rich', 'plain')`))
        .addColumn('created_by', 'text', (c) => c.notNull())
        .addColumn('created_at', 'integer', (c) => c.notNull())
        .addColumn('updated_at', 'integer', (c) => c.notNull())
        .addColumn('removed_at', 'integer')
        .addColumn('set_aside', 'text')
        .addCheckConstraint('documents_not_own_parent', sql`parent_id <> id`),
    strict,
  )
  await db.schema
    .createIndex('documents_by_place')
    .on('documents')
    .columns(['workspace_id', 'parent_id', 'position', 'id'])
    .execute()
  await db.schema.createIndex('documents_by_parent').on('documents').columns(['parent_id']).execute()
  await make(db, 'document_access', (t) =>
    t
      .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) =>
        c.notNull().check(sql`role in ('view', 'comment', 'suggest', 'edit', 'manage')`),
      )
      .addPrimaryKeyConstraint('document_access_key', ['document_id', 'user_id'] as never[]),
  )
  await db.schema.createIndex('document_access_by_user').on('document_access').columns(['user_id']).execute()
}

// Without keys into `documents`: a row that one document cannot place must not fail the commit of all the others.
async function text(db: Kysely<unknown>): Promise<void> {
  await make(db, 'journal', (t) =>
    t
      .addColumn('document_id', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull().check(sql`seq > 0`))
      .addColumn('update', 'blob', (c) => c.notNull())
      .addColumn('author_id', 'text')
      .addColumn('at', 'integer', (c) => c.notNull())
      .addColumn('crc', 'integer')
      .addPrimaryKeyConstraint('journal_key', ['document_id', 'seq'] as never[]),
  )
  await make(
    db,
    'snapshots',
    (t) =>
      t
        .addColumn('document_id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('seq', 'integer', (c) => c.notNull().check(sql`seq > 0`))
        .addColumn('state', 'blob', (c) => c.notNull())
        .addColumn('at', 'integer', (c) => c.notNull())
        .addColumn('crc', 'integer'),
    strict,
  )
  await make(
    db,
    'segments',
    (t) =>
      t
        .addColumn('document_id', 'text', (c) => c.notNull())
        .addColumn('from_seq', 'integer', (c) => c.notNull())
        .addColumn('to_seq', 'integer', (c) => c.notNull())
        .addColumn('author_id', 'text')
        .addColumn('from_at', 'integer', (c) => c.notNull())
        .addColumn('to_at', 'integer', (c) => c.notNull())
        .addColumn('data', 'blob', (c) => c.notNull())
        .addColumn('crc', 'integer')
        .addPrimaryKeyConstraint('segments_key', ['document_id', 'from_seq'] as never[])
        .addCheckConstraint('segments_in_order', sql`from_seq > 0 and to_seq >= from_seq`),
    strict,
  )
  await make(db, 'client_ids', (t) =>
    t
      .addColumn('document_id', 'text', (c) => c.notNull())
      .addColumn('client_id', 'integer', (c) => c.notNull())
      .addColumn('user_id', 'text')
      .addColumn('claimed_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('client_ids_key', ['document_id', 'client_id'] as never[]),
  )
}

async function facts(db: Kysely<unknown>): Promise<void> {
  await make(db, 'event_heads', (t) =>
    t
      .addColumn('scope', 'text', (c) => c.primaryKey().notNull())
      .addColumn('seq', 'integer', (c) => c.notNull().check(sql`seq >= 0`)),
  )
  await make(db, 'events', (t) =>
    t
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull().check(sql`seq > 0`))
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('actor_id', 'text')
      .addColumn('fact', 'text', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('events_key', ['scope', 'seq'] as never[]),
  )
  await make(db, 'consumer_positions', (t) =>
    t
      .addColumn('consumer', 'text', (c) => c.notNull())
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('consumer_positions_key', ['consumer', 'scope'] as never[]),
  )
  await make(db, 'commands', (t) =>
    t
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('result', 'text', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull()),
  )
  await db.schema.createIndex('commands_by_time').on('commands').columns(['at']).execute()
}
