import { WeftError } from '@weft/shared/kit'
import type { Failure } from './messages.ts'

/** A statement that the database refused for what it says (a key, a check, its grammar), with SQLite's code. */
export class StatementError extends Error {
  readonly code: string
  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'StatementError'
    this.code = failure.code
  }
}

/** A transaction was rolled back because it kept the writer too long: nothing of it was written. */
export class LeaseExpired extends WeftError {
  constructor(options?: { cause?: unknown }) {
    super('storage-stopped', 'The change took too long and was taken back. Try again.', options)
  }
}

/** Whether a row with this key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof StatementError &&
    (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
  )
}

const stopped: readonly [prefix: string, sentence: string][] = [
  ['SQLITE_FULL', 'The disk is full.'],
  ['SQLITE_BUSY', 'Another program has locked the database.'],
  ['SQLITE_LOCKED', 'Another program has locked the database.'],
  ['SQLITE_READONLY', 'The database cannot be written.'],
  ['SQLITE_IOERR', 'The disk reports errors.'],
  ['SQLITE_CANTOPEN', 'The database cannot be opened.'],
  ['SQLITE_CORRUPT', 'The database is damaged.'],
  ['SQLITE_NOTADB', 'The database is damaged.'],
  ['SQLITE_NOMEM', 'The server has no memory left.'],
]

/** `storage-stopped` for what may be tried again later, `StatementError` for what will fail again. */
export function toError(failure: Failure): Error {
  if (failure.code.startsWith('WEFT_LEASE')) return new LeaseExpired({ cause: new StatementError(failure) })
  const sentence = stopped.find(([prefix]) => failure.code.startsWith(prefix))?.[1]
  if (sentence === undefined) return new StatementError(failure)
  return new WeftError('storage-stopped', sentence, { cause: new StatementError(failure) })
}
