import { type RawBuilder, sql } from 'kysely'
import type { Storage } from '../src/storage/index.ts'

/** How the database would go about a statement, a line a step. */
export async function planOf({ read }: Pick<Storage, 'read'>, statement: RawBuilder<unknown>): Promise<string[]> {
  const { sql: text, parameters } = statement.compile(read)
  const parts = text.split('?')
  const bound = parts.flatMap((part, n) => [sql.raw(part), ...(n < parts.length - 1 ? [sql`${parameters[n]}`] : [])])
  const { rows } = await sql<{ detail: string }>`explain query plan ${sql.join(bound, sql``)}`.execute(read)
  return rows.map((row) => row.detail)
}
