import { type CreateTableBuilder, type Kysely, sql } from 'kysely'

/** Who was told of what, what they want to hear of, and what is on its way to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await inboxes(db)
  await wishes(db)
  await deliveries(db)
  await announcements(db)
}

type Columns = CreateTableBuilder<string, never>
const make = (db: Kysely<unknown>, name: string, columns: (table: Columns) => Columns) =>
  columns(db.schema.createTable(name) as Columns)
    .modifyEnd(sql`strict, without rowid`)
    .execute()

async function inboxes(db: Kysely<unknown>): Promise<void> {
  await make(db, 'inboxes', (t) =>
    t
      .addColumn('user_id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('unread', 'integer', (c) => c.notNull()),
  )
  await make(db, 'notifications', (t) =>
    t
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('level', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('group_key', 'text', (c) => c.notNull())
      .addColumn('workspace_id', 'text')
      .addColumn('document_id', 'text')
      .addColumn('actor_ids', 'text', (c) => c.notNull())
      .addColumn('count', 'integer', (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('updated_at', 'integer', (c) => c.notNull())
      .addColumn('read_at', 'integer')
      .addColumn('snoozed_until', 'integer')
      .addColumn('archived_at', 'integer')
      .addColumn('hidden', 'integer', (c) => c.notNull().defaultTo(0).check(sql`hidden in (0, 1)`))
      .addColumn('unlisted', 'integer', (c) => c.notNull().defaultTo(0).check(sql`unlisted in (0, 1)`))
      // Computed in one place, so that no command can leave a list and its count saying different things [NOTIFY-2].
      .addColumn('place', 'text', (c) =>
        c
          .generatedAlwaysAs(
            sql`case when hidden = 1 or unlisted = 1 then 'nowhere' when archived_at is not null then 'archived'
              when snoozed_until is not null then 'snoozed' else 'inbox' end`,
          )
          .stored(),
      )
      .addColumn('unread', 'integer', (c) =>
        c
          .generatedAlwaysAs(
            sql`case when hidden = 0 and unlisted = 0 and archived_at is null and snoozed_until is null
              and read_at is null then 1 else 0 end`,
          )
          .stored(),
      ),
  )
  const indexes = {
    notifications_by_place: ['user_id', 'place', 'updated_at', 'id'],
    notifications_by_unread: ['user_id', 'unread', 'updated_at', 'id'],
    notifications_by_group: ['user_id', 'group_key'],
    notifications_by_seq: ['user_id', 'seq'],
    notifications_by_document: ['document_id', 'user_id'],
    notifications_by_age: ['updated_at'],
  }
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(name).on('notifications').columns(columns).execute()
  }
  await sql`create index notifications_by_snooze on notifications (snoozed_until)
    where snoozed_until is not null`.execute(db)
  await make(db, 'notification_facts', (t) =>
    t
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('fact_key', 'text', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('notification_facts_key', ['user_id', 'fact_key'] as never[]),
  )
  await db.schema.createIndex('notification_facts_by_age').on('notification_facts').columns(['at']).execute()
}

async function wishes(db: Kysely<unknown>): Promise<void> {
  await make(db, 'watches', (t) =>
    t
      .addColumn('document_id', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('watching', 'muted', 'neither')`))
      .addColumn('reason', 'text', (c) => c.notNull().check(sql`reason in ('watching', 'created', 'wrote')`))
      .addPrimaryKeyConstraint('watches_key', ['document_id', 'user_id'] as never[]),
  )
  await db.schema.createIndex('watches_by_user').on('watches').columns(['user_id']).execute()
  // Who made what is there already watches it, as they will what they make from now on.
  await sql`insert into watches (document_id, user_id, state, reason)
    select id, created_by, 'watching', 'created' from documents`.execute(db)
  await make(db, 'notification_preferences', (t) =>
    t
      .addColumn('user_id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('preferences', 'text', (c) => c.notNull()),
  )
  await make(db, 'private_mail_documents', (t) =>
    t.addColumn('document_id', 'text', (c) => c.primaryKey().notNull().references('documents.id').onDelete('cascade')),
  )
}

async function deliveries(db: Kysely<unknown>): Promise<void> {
  await make(db, 'deliveries', (t) =>
    t
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('notification_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('channel', 'text', (c) => c.notNull().check(sql`channel in ('push', 'mail')`))
      .addColumn('mode', 'text', (c) => c.notNull().check(sql`mode in ('now', 'digest')`))
      .addColumn('target', 'text')
      .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('waiting', 'sent', 'dropped', 'dead')`))
      .addColumn('due_at', 'integer', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('error', 'text')
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('ended_at', 'integer'),
  )
  await db.schema.createIndex('deliveries_by_time').on('deliveries').columns(['state', 'due_at', 'id']).execute()
  await db.schema
    .createIndex('deliveries_by_notification')
    .on('deliveries')
    .columns(['notification_id', 'state'])
    .execute()
  await db.schema.createIndex('deliveries_by_user').on('deliveries').columns(['user_id', 'state', 'due_at']).execute()
  await make(db, 'push_subscriptions', (t) =>
    t
      .addColumn('endpoint', 'text', (c) => c.primaryKey().notNull())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('p256dh', 'text', (c) => c.notNull())
      .addColumn('auth', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull()),
  )
  await db.schema.createIndex('push_subscriptions_by_user').on('push_subscriptions').columns(['user_id']).execute()
  await make(db, 'notification_keys', (t) =>
    t.addColumn('name', 'text', (c) => c.primaryKey().notNull()).addColumn('value', 'text', (c) => c.notNull()),
  )
  await make(db, 'templates', (t) =>
    t
      .addColumn('channel', 'text', (c) => c.notNull().check(sql`channel in ('push', 'mail')`))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('templates_key', ['channel', 'kind'] as never[]),
  )
  await make(db, 'delivery_counts', (t) =>
    t
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('channel', 'text', (c) => c.notNull())
      .addColumn('sent', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('delivered', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('seen', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('clicked', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('failed', 'integer', (c) => c.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('delivery_counts_key', ['day', 'kind', 'channel'] as never[]),
  )
}

async function announcements(db: Kysely<unknown>): Promise<void> {
  await make(db, 'announcements', (t) =>
    t
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('level', 'text', (c) => c.notNull())
      .addColumn('workspace_id', 'text', (c) => c.references('workspaces.id').onDelete('cascade'))
      .addColumn('roles', 'text')
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('due_at', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('scheduled', 'sending', 'sent', 'cancelled')`))
      // The last person who was told: those behind it in the order of their ids are still to come.
      .addColumn('told_up_to', 'text', (c) => c.notNull().defaultTo(''))
      .addColumn('recipients', 'integer', (c) => c.notNull().defaultTo(0)),
  )
  await db.schema.createIndex('announcements_by_time').on('announcements').columns(['state', 'due_at']).execute()
}
