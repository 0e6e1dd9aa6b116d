import { WeftError } from '@weft/shared/kit'
import { Kysely } from 'kysely'
import type { Writer } from '../port.ts'
import type { Database } from '../schema.ts'
import { WriterDialect } from './WriterDialect.ts'
import type { WriterThread } from './WriterThread.ts'

/** How long a transaction may keep the writer from the journal, in ms. From the port's promise. */
const leaseMs = 250

/** Runs transactions with the writer leased, and knows which have not ended. */
export class TransactionRunner {
  readonly #thread: WriterThread
  readonly #running = new Set<Promise<unknown>>()

  constructor(thread: WriterThread) {
    this.#thread = thread
  }

  async run<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    const lease = Promise.withResolvers<never>()
    // Nobody listens any more when it expires between the last statement and the commit; that answer says it as well.
    lease.promise.catch(() => {})
    const expire = (): void =>
      lease.reject(new WeftError('storage-stopped', 'The change took too long and was taken back. Try again.'))
    const db = new Kysely<Database>({ dialect: new WriterDialect(this.#thread, leaseMs, expire) })
    const done = db.transaction().execute((tx) => Promise.race([work(tx), lease.promise]))
    this.#running.add(done)
    try {
      return await done
    } finally {
      this.#running.delete(done)
    }
  }

  /** Resolves when no transaction runs. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
  }
}
