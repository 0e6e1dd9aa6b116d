import type { Database as Connection } from 'better-sqlite3'
import { toFailure } from './failure.ts'

/**
 * How long a statement waits for a foreign process that holds the lock, in ms. People are told within 2 s that saving
 * has stopped [SAVE-4]; nobody else writes in the ordinary course of things.
 */
export const busyMs = 1_000
/** The same once one has waited in vain: those behind it are told at once, and those who only read are not kept. */
const busyAgainMs = 20

/** Knows whether another program holds the database, so that not everybody waits for it in turn. */
export class ForeignLock {
  readonly #db: Connection
  #met = false

  constructor(db: Connection) {
    this.#db = db
  }

  /** Runs what needs the lock. */
  take<T>(work: () => T): T {
    try {
      const result = work()
      this.#meet(false)
      return result
    } catch (error) {
      if (toFailure(error).code.startsWith('SQLITE_BUSY')) this.#meet(true)
      throw error
    }
  }

  #meet(met: boolean): void {
    if (met === this.#met) return
    this.#met = met
    this.#db.pragma(`busy_timeout = ${met ? busyAgainMs : busyMs}`)
  }
}
