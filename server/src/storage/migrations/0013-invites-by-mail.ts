import type { Kysely } from 'kysely'

/** Invitations that admit one address alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('invites').addColumn('email', 'text').execute()
}
