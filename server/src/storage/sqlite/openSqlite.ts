import Connection from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { migrations } from '../migrations/index.ts'
import type { Storage, Writer } from '../port.ts'
import type { Database } from '../schema.ts'
import type { SqliteOptions } from './options.ts'
import { ReaderThread } from './ReaderThread.ts'
import { TransactionRunner } from './TransactionRunner.ts'
import { createTextIndex } from './textIndex/createTextIndex.ts'
import { textReader } from './textReader.ts'
import { WriterDialect } from './WriterDialect.ts'
import { WriterThread } from './WriterThread.ts'

/** Longest hold of the writer by the account library, in ms: it may hash a password within a transaction of its own. */
const accountLeaseMs = 2_000

export interface SqliteStorage extends Storage {
  /** Tests only: makes room, or takes it. */
  limitPages(pages: number): Promise<void>
  /** Tests only: the writer thread dies, as it would of a defect. */
  terminate(): Promise<void>
}

/** Opens (makes, migrates) the database. Throws `StartError` with one sentence for the operator. */
export async function openSqlite(options: SqliteOptions): Promise<SqliteStorage> {
  const { file, onLog, onFatal } = options
  const data = { file, maxPages: options.maxPages ?? null, versions: Object.keys(migrations) }
  const thread = await WriterThread.start(data, (error) => {
    onLog?.({ level: 'error', message: `the storage thread has ended: ${error.message}` })
    onFatal?.(error)
  })
  const readConnection = new Connection(file, { readonly: true })
  // Apart from `read`, whose snapshot somebody may hold in a transaction: a load must see the newest commit.
  const textConnection = new Connection(file, { readonly: true })
  const read = new Kysely<Database>({ dialect: new SqliteDialect({ database: readConnection }) })
  const account = new Kysely<Database>({
    dialect: new WriterDialect(thread, { leaseMs: accountLeaseMs, expired: () => {}, last: [] }),
  })
  const readText = textReader(textConnection)
  const runner = new TransactionRunner(thread, onLog)
  const transaction = <T>(work: (tx: Writer) => Promise<T>): Promise<T> => runner.run(work)
  const searching = new ReaderThread(file)

  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await runner.settled()
    textConnection.close()
    await searching.close()
    await read.destroy()
    // Last, so that the log is folded into the database by the only connection left.
    await thread.close()
  }
  return {
    read,
    account,
    transaction,
    afterCommit: (tx, listener) => runner.afterCommit(tx, listener),
    withCommit: (tx, query) => runner.withCommit(tx, query),
    appendJournal: async (rows) => {
      if (rows.length > 0) await thread.appendJournal(rows)
    },
    loadText: async (documentId) => readText(documentId),
    textIndex: createTextIndex({ transaction }, read, searching),
    limitPages: async (pages) => {
      await thread.ask({ kind: 'limit', pages })
    },
    terminate: () => thread.terminate(),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
