import { must } from '@weft/shared/kit'
import { type Compilable, Kysely } from 'kysely'
import type { Writer } from '../port.ts'
import type { Database } from '../schema.ts'
import { LeaseExpired } from './failures.ts'
import type { SqliteOptions } from './options.ts'
import { type LastStatement, WriterDialect } from './WriterDialect.ts'
import type { WriterThread } from './WriterThread.ts'

/** How long a transaction may keep the writer from the journal while this thread turns, in ms. From the port's promise. */
const leaseMs = 250

interface Open {
  listeners: (() => void)[]
  last: LastStatement[]
}

/** Runs transactions with the writer leased, and knows which have not ended. */
export class TransactionRunner {
  readonly #thread: WriterThread
  readonly #onLog: SqliteOptions['onLog']
  readonly #running = new Set<Promise<unknown>>()
  readonly #open = new WeakMap<Writer, Open>()

  constructor(thread: WriterThread, onLog: SqliteOptions['onLog']) {
    this.#thread = thread
    this.#onLog = onLog
  }

  async run<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    const lease = Promise.withResolvers<never>()
    // Nobody listens any more when it expires between the last statement and the commit; that answer says it as well.
    lease.promise.catch(() => {})
    const expire = (): void => lease.reject(new LeaseExpired())
    const open: Open = { listeners: [], last: [] }
    const db = new Kysely<Database>({
      dialect: new WriterDialect(this.#thread, { leaseMs, expired: expire, last: open.last }),
    })
    const done = db.transaction().execute((tx) => {
      this.#open.set(tx, open)
      return Promise.race([work(tx), lease.promise])
    })
    this.#running.add(done)
    try {
      const result = await done
      for (const listener of open.listeners) this.#call(listener)
      return result
    } finally {
      this.#running.delete(done)
    }
  }

  afterCommit(tx: Writer, listener: () => void): void {
    this.#mustHave(tx).listeners.push(listener)
  }

  withCommit<T>(tx: Writer, query: Compilable<T>): () => readonly T[] {
    const statement: LastStatement = { query: query.compile() }
    this.#mustHave(tx).last.push(statement)
    return () => must(statement.rows, 'what the statement came to: it is there when it is committed') as readonly T[]
  }

  #mustHave(tx: Writer): Open {
    return must(this.#open.get(tx), 'the transaction, as storage handed it out')
  }

  // The change is on disk whatever a listener thinks of it.
  #call(listener: () => void): void {
    try {
      listener()
    } catch (error) {
      this.#onLog?.({ level: 'error', message: `a listener to a commit failed: ${String(error)}` })
    }
  }

  /** Resolves when no transaction runs. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
  }
}
