import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { openSqlite, type Storage } from '../src/storage/index.ts'

export type PlanOf = (statement: RawBuilder<unknown>) => Promise<string[]>

/**
 * For the tests of one file: how SQLite would go about a statement, a line a step, on a database with its tables and
 * nothing in them.
 */
export function planner(): PlanOf {
  let directory: string
  let storage: Storage
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'weft-plans-'))
    storage = await openSqlite({ file: join(directory, 'weft.db') })
  })
  afterAll(async () => {
    await storage.close()
    rmSync(directory, { recursive: true, force: true })
  })
  return async (statement) => {
    const { sql: text, parameters } = statement.compile(storage.read)
    const parts = text.split('?')
    const bound = parts.flatMap((part, n) => [sql.raw(part), ...(n < parts.length - 1 ? [sql`${parameters[n]}`] : [])])
    const { rows } = await sql<{ detail: string }>`explain query plan ${sql.join(bound, sql``)}`.execute(storage.read)
    return rows.map((row) => row.detail)
  }
}
