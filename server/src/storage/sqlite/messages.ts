import type { PackedRows } from './packRows.ts'

export interface Statement {
  sql: string
  parameters: readonly unknown[]
}

/** What the main thread says to the writer thread. `id` is answered exactly once. */
export type ToWriter =
  | { kind: 'journal'; id: number; rows: PackedRows }
  /**
   * Waits for the writer, then `BEGIN IMMEDIATE`, and the first statement of the transaction, whose result is the answer.
   * When that fails, the lease has ended.
   */
  | { kind: 'begin'; id: number; leaseMs: number; first: Statement }
  /** In the lease, or alone in a transaction of its own. */
  | ({ kind: 'statement'; id: number; lease: number | null } & Statement)
  /** `last` are run before it is committed, and their results are the answer; when one fails, nothing is kept. */
  | { kind: 'end'; id: number; lease: number; commit: boolean; last: readonly Statement[] }
  /** The answer to a beat; not answered itself. */
  | { kind: 'beat'; lease: number }
  | { kind: 'limit'; id: number; pages: number }
  | { kind: 'close'; id: number }

export interface Failure {
  /** SQLite's extended code (`SQLITE_FULL`, `SQLITE_CONSTRAINT_UNIQUE`), or one of ours. */
  code: string
  message: string
}

export interface StatementResult {
  rows: unknown[]
  changes: number
  insertId: number | bigint
}

/** What the writer thread answers. */
export type FromWriter =
  | { kind: 'started' }
  | { kind: 'not-started'; sentence: string }
  | { kind: 'done'; id: number; results: StatementResult[] }
  | { kind: 'failed'; id: number; failure: Failure }
  /** Asks whether the main thread still turns; `id` is the lease's `begin`. */
  | { kind: 'beat'; id: number }
  /** The lease was rolled back; `id` is its `begin`. */
  | { kind: 'expired'; id: number }

/** What the writer thread starts with. */
export interface WriterData {
  file: string
  maxPages: number | null
  /** The names of this version's migrations. */
  versions: readonly string[]
}
