import type { UserId } from '@weft/shared/kit'
import { deleteDB } from 'idb'
import { type Database, databaseName, openDatabase } from './database.ts'

/** One page's way to a person's database: opened when it is first needed, and again after an open that failed. */
export class DeviceDatabase {
  readonly #userId: UserId
  readonly #onGone: () => void
  #opening: Promise<Database> | null = null
  #closed = false

  /** `onGone` is told when another tab deletes or upgrades the database. */
  constructor(userId: UserId, onGone: () => void = () => undefined) {
    this.#userId = userId
    this.#onGone = onGone
  }

  /** A full disk or a private window may change its mind: what failed is tried again by the next call. */
  open(): Promise<Database> {
    if (this.#closed) return Promise.reject(new Error('the device store is closed'))
    if (this.#opening === null) {
      const opening = openDatabase(this.#userId, () => {
        this.#closed = true
        this.#onGone()
      })
      this.#opening = opening
      opening.catch(() => {
        if (this.#opening === opening) this.#opening = null
      })
    }
    return this.#opening
  }

  close(): void {
    this.#closed = true
    void this.#opening?.then(
      (database) => database.close(),
      () => undefined,
    )
  }

  async deleteAll(): Promise<void> {
    this.close()
    await deleteDB(databaseName(this.#userId))
  }
}
