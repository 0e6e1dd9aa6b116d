import { mkdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import Connection from 'better-sqlite3'
import { StartError } from '../../kit/startError.ts'
import { toFailure } from './failure.ts'
import { busyMs } from './foreignLock.ts'
import type { WriterData } from './messages.ts'

export interface OpenedDatabase {
  db: Connection.Database
  close(): void
}

/** Takes the directory, opens the database and brings it to this version. Throws `StartError` with a sentence. */
export async function openDatabase({ file, maxPages, versions }: WriterData): Promise<OpenedDatabase> {
  const lock = takeDirectory(file)
  let db: Connection.Database | undefined
  try {
    db = new Connection(file, { timeout: busyMs })
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // After a burst the log file is cut back to this, instead of keeping its largest size for ever.
    db.pragma('journal_size_limit = 67108864')
    // In pages of 4 KB. Text that is being written changes the same pages again and again: with four times SQLite's
    // thousand, a commit of 14 rows costs 0.30 instead of 0.36 ms of CPU, and fewer of them wait for a checkpoint.
    db.pragma('wal_autocheckpoint = 4000')
    // What migrates is loaded where it is needed: this thread runs for long, with little in its memory.
    if (isBehind(db, file, versions)) await (await import('./migrate.ts')).migrate(db)
    if (maxPages !== null) db.pragma(`max_page_count = ${maxPages}`)
    const opened = db
    return {
      db,
      close: () => {
        opened.close()
        lock.close()
      },
    }
  } catch (error) {
    db?.close()
    lock.close()
    throw asStartError(error, file)
  }
}

/** An exclusive lock on a small database beside the real one: the system drops it with the process, SIGKILL included. */
function takeDirectory(file: string): Connection.Database {
  let lock: Connection.Database | undefined
  try {
    mkdirSync(dirname(file), { recursive: true })
    lock = new Connection(`${file}.lock`, { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    if (toFailure(error).code.startsWith('SQLITE_BUSY'))
      throw new StartError(`Another Weft process uses ${dirname(file)}. Stop it, or set DATA_DIR to another directory.`)
    throw asStartError(error, file)
  }
}

function asStartError(error: unknown, file: string): StartError {
  if (error instanceof StartError) return error
  const { code, message } = toFailure(error)
  const name = basename(file)
  const sentence = code.startsWith('SQLITE_NOTADB')
    ? `${file} is not a database. Move it away, or set DATA_DIR to another directory.`
    : code.startsWith('SQLITE_CORRUPT')
      ? `${file} is damaged. Restore it from a backup.`
      : code.startsWith('SQLITE_BUSY')
        ? `Another program has locked ${file}. Close it and start again.`
        : code.startsWith('SQLITE_FULL')
          ? `There is no room left for ${file}. Make room on its disk.`
          : /^(SQLITE_(CANTOPEN|READONLY|PERM)|E[A-Z]+$)/.test(code)
            ? `The directory ${dirname(file)} cannot be written (${message}). Make it writable, or set DATA_DIR to another.`
            : `${name} in ${dirname(file)} cannot be opened: ${message}.`
  return new StartError(sentence, { cause: error })
}

/** Whether steps are missing. Throws `StartError` for a database that knows more steps than this version. */
function isBehind(db: Connection.Database, file: string, versions: readonly string[]): boolean {
  const hasHistory = db.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get() !== undefined
  const done = hasHistory ? db.prepare<[], string>('select name from kysely_migration').pluck().all() : []
  const newer = done.find((name) => !versions.includes(name))
  if (newer !== undefined)
    throw new StartError(`${file} was written by a newer Weft (${newer}). Start that version, or restore a backup.`)
  return done.length < versions.length
}
