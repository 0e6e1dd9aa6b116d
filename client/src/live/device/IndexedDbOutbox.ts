import type { CommandId } from '@weft/shared/kit'
import type { IDBPTransaction } from 'idb'
import { OutboxRow } from '../outbox/OutboxRow.ts'
import type { DeviceDatabase } from './DeviceDatabase.ts'
import type { WeftDatabase } from './database.ts'
import type { OutboxStore } from './OutboxStore.ts'

type Stores = ('outbox' | 'brokenCommands')[]
type Transaction = IDBPTransaction<WeftDatabase, Stores, 'readwrite'>

/** `OutboxStore` in IndexedDB. Strict durability: what is said to be on this device survives a power cut. */
export class IndexedDbOutbox implements OutboxStore {
  readonly #device: DeviceDatabase

  constructor(device: DeviceDatabase) {
    this.#device = device
  }

  all(): Promise<OutboxRow[]> {
    return this.#transaction(readAll)
  }

  add(row: Omit<OutboxRow, 'order'>, check: (there: readonly number[]) => void): Promise<OutboxRow> {
    return this.#transaction(async (transaction) => {
      const outbox = transaction.objectStore('outbox')
      const { data: known } = OutboxRow.safeParse(await outbox.index('command').get(row.commandId))
      if (known !== undefined) return known
      check(await outbox.getAllKeys())
      return { ...row, order: await outbox.add(row) }
    })
  }

  update(commandId: CommandId, change: (row: OutboxRow) => OutboxRow | null): Promise<OutboxRow | null> {
    return this.#transaction(async (transaction) => {
      const outbox = transaction.objectStore('outbox')
      const { data: row } = OutboxRow.safeParse(await outbox.index('command').get(commandId))
      const next = row === undefined ? null : change(row)
      if (next !== null) await outbox.put(next)
      else if (row !== undefined) await outbox.delete(row.order)
      return next
    })
  }

  async broken(): Promise<number> {
    return (await this.#device.open()).count('brokenCommands')
  }

  async discardBroken(): Promise<void> {
    await (await this.#device.open()).clear('brokenCommands')
  }

  async lease(name: string, holder: string, ms: number, now: number): Promise<boolean> {
    const transaction = (await this.#device.open()).transaction('leases', 'readwrite')
    const take = async () => {
      const lease = await transaction.store.get(name)
      // A lease that runs longer than any could was taken by a clock that was wrong.
      const isTaken = lease !== undefined && lease.holder !== holder && lease.until > now && lease.until <= now + ms
      if (!isTaken) await transaction.store.put({ name, holder, until: now + ms })
      return !isTaken
    }
    const [taken] = await Promise.all([take(), transaction.done])
    return taken
  }

  async release(name: string, holder: string): Promise<void> {
    const transaction = (await this.#device.open()).transaction('leases', 'readwrite')
    const give = async () => {
      if ((await transaction.store.get(name))?.holder === holder) await transaction.store.delete(name)
    }
    await Promise.all([give(), transaction.done])
  }

  async #transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const stores: Stores = ['outbox', 'brokenCommands']
    const transaction = (await this.#device.open()).transaction(stores, 'readwrite', { durability: 'strict' })
    const done = transaction.done
    try {
      const result = await work(transaction)
      await done
      return result
    } catch (error) {
      done.catch(() => undefined)
      try {
        transaction.abort()
      } catch {
        // It has ended by itself.
      }
      throw error
    }
  }
}

async function readAll(transaction: Transaction): Promise<OutboxRow[]> {
  const outbox = transaction.objectStore('outbox')
  const [keys, values] = await Promise.all([outbox.getAllKeys(), outbox.getAll()])
  const rows: OutboxRow[] = []
  for (const [at, key] of keys.entries()) {
    const { data: row } = OutboxRow.safeParse(values[at])
    if (row !== undefined) {
      rows.push(row)
      continue
    }
    await transaction.objectStore('brokenCommands').add({ row: values[at] })
    await outbox.delete(key)
  }
  return rows
}
