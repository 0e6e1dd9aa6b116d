import type Connection from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from '../migrations/index.ts'

// Kysely's own says no, for the sake of pragmas; ours have none, and a start that is killed must leave nothing half made.
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class MigrationDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

/** Brings the database to this version, each step in a transaction of its own. */
export async function migrate(db: Connection.Database): Promise<void> {
  // Kysely closes what it was given; the connection lives on.
  const borrowed = { prepare: (statement: string) => db.prepare(statement), close: () => {} }
  const kysely = new Kysely<unknown>({ dialect: new MigrationDialect({ database: borrowed }) })
  const provider = { getMigrations: async () => ({ ...migrations }) }
  const { error } = await new Migrator({ db: kysely, provider }).migrateToLatest()
  if (error !== undefined) throw error
}
