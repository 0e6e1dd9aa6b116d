import type { DocumentId, UserId } from '@weft/shared/kit'
import { mergeMany } from '@weft/shared/text'
import type { FileStore } from '../files/FileStore.ts'
import type { WindowStore } from '../windows/WindowView.ts'
import { DeviceDatabase } from './DeviceDatabase.ts'
import type { DeviceCopy, DeviceDocument, DeviceStore, SetAside } from './DeviceStore.ts'
import type { Database, UpdateRow } from './database.ts'
import type { OutboxStore } from './OutboxStore.ts'

const merged = (rows: readonly UpdateRow[]): Uint8Array | null =>
  rows.length === 0 ? null : mergeMany(rows.map(({ update }) => update))
const keysOf = (rows: readonly UpdateRow[]): number[] => rows.flatMap(({ key }) => (key === undefined ? [] : [key]))
const isUnsent = (row: UpdateRow): boolean => row.unsentOf !== undefined

/** `DeviceStore` in IndexedDB. Writes ask for strict durability: "saved on this device" should survive a power cut. */
export class IndexedDbStore implements DeviceStore {
  readonly #device: DeviceDatabase

  /** `onGone` is told when another tab deletes or upgrades the database. */
  constructor(userId: UserId, onGone: () => void = () => undefined) {
    this.#device = new DeviceDatabase(userId, onGone)
  }

  async outbox(): Promise<OutboxStore> {
    const { IndexedDbOutbox } = await import('./IndexedDbOutbox.ts')
    return new IndexedDbOutbox(this.#device)
  }

  async windows(): Promise<WindowStore> {
    const { IndexedDbWindows } = await import('../windows/IndexedDbWindows.ts')
    return new IndexedDbWindows(this.#device)
  }

  async files(): Promise<FileStore> {
    const { IndexedDbFiles } = await import('../files/IndexedDbFiles.ts')
    return new IndexedDbFiles(this.#device)
  }

  async load(documentId: DocumentId): Promise<DeviceCopy> {
    const transaction = (await this.#database()).transaction(['updates', 'documents'])
    const [rows, document] = await Promise.all([
      transaction.objectStore('updates').index('document').getAll(documentId),
      transaction.objectStore('documents').get(documentId),
      transaction.done,
    ])
    return {
      update: merged(rows),
      sent: merged(rows.filter((row) => !isUnsent(row))),
      unsentKeys: keysOf(rows.filter(isUnsent)),
      rows: rows.length,
      document: document ?? null,
    }
  }

  async append(documentId: DocumentId, update: Uint8Array, own: boolean): Promise<number> {
    const transaction = (await this.#database()).transaction('updates', 'readwrite', { durability: 'strict' })
    const row: UpdateRow = own ? { documentId, update, unsentOf: documentId } : { documentId, update }
    const [key] = await Promise.all([transaction.store.add(row), transaction.done])
    return key
  }

  async markSent(keys: readonly number[]): Promise<void> {
    const transaction = (await this.#database()).transaction('updates', 'readwrite')
    const marking = keys.map(async (key) => {
      const row = await transaction.store.get(key)
      if (row === undefined) return
      await transaction.store.put({ key, documentId: row.documentId, update: row.update })
    })
    await Promise.all([...marking, transaction.done])
  }

  async compact(documentId: DocumentId): Promise<void> {
    const transaction = (await this.#database()).transaction('updates', 'readwrite', { durability: 'strict' })
    const fold = async () => {
      const rows = (await transaction.store.index('document').getAll(documentId)).filter((row) => !isUnsent(row))
      const update = merged(rows)
      if (rows.length < 2 || update === null) return
      await Promise.all(keysOf(rows).map((key) => transaction.store.delete(key)))
      await transaction.store.add({ documentId, update })
    }
    await Promise.all([fold(), transaction.done])
  }

  async describe(document: DeviceDocument): Promise<void> {
    const transaction = (await this.#database()).transaction('documents', 'readwrite')
    await Promise.all([transaction.store.put(document), transaction.done])
  }

  async documents(): Promise<DeviceDocument[]> {
    return (await this.#database()).getAll('documents')
  }

  async unsentDocuments(): Promise<DocumentId[]> {
    const transaction = (await this.#database()).transaction('updates')
    const found: DocumentId[] = []
    let cursor = await transaction.store.index('unsent').openKeyCursor(null, 'nextunique')
    while (cursor !== null) {
      found.push(cursor.key)
      cursor = await cursor.continue()
    }
    return found
  }

  async sizes(): Promise<ReadonlyMap<DocumentId, number>> {
    const transaction = (await this.#database()).transaction('updates')
    const found = new Map<DocumentId, number>()
    // Row by row: all texts at once may be more than the page's memory.
    for await (const { value } of transaction.store)
      found.set(value.documentId, (found.get(value.documentId) ?? 0) + value.update.length)
    return found
  }

  async forget(documentId: DocumentId): Promise<void> {
    const transaction = (await this.#database()).transaction(['updates', 'documents'], 'readwrite')
    const forgetting = async () => {
      const updates = transaction.objectStore('updates')
      const keys = await updates.index('document').getAllKeys(documentId)
      await Promise.all(keys.map((key) => updates.delete(key)))
      await transaction.objectStore('documents').delete(documentId)
    }
    await Promise.all([forgetting(), transaction.done])
  }

  async setAside(aside: SetAside): Promise<void> {
    const transaction = (await this.#database()).transaction(['updates', 'setAside'], 'readwrite', {
      durability: 'strict',
    })
    const moving = async () => {
      const updates = transaction.objectStore('updates')
      await transaction.objectStore('setAside').put(aside)
      const keys = await updates.index('document').getAllKeys(aside.documentId)
      await Promise.all(keys.map((key) => updates.delete(key)))
    }
    await Promise.all([moving(), transaction.done])
  }

  async listSetAside(): Promise<SetAside[]> {
    return (await this.#database()).getAll('setAside')
  }

  async discardSetAside(id: string): Promise<void> {
    const transaction = (await this.#database()).transaction('setAside', 'readwrite')
    await Promise.all([transaction.store.delete(id), transaction.done])
  }

  close(): void {
    this.#device.close()
  }

  deleteAll(): Promise<void> {
    return this.#device.deleteAll()
  }

  #database(): Promise<Database> {
    return this.#device.open()
  }
}
