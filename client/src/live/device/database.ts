import type { DocumentId, UserId } from '@weft/shared/kit'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { DeviceDocument, SetAside } from './DeviceStore.ts'

/** One update of a document. `unsentOf` is there only while the server has not acknowledged it, and is indexed. */
export interface UpdateRow {
  key?: number
  documentId: DocumentId
  update: Uint8Array
  unsentOf?: DocumentId
}

export interface WeftDatabase extends DBSchema {
  updates: { key: number; value: UpdateRow; indexes: { document: DocumentId; unsent: DocumentId } }
  documents: { key: DocumentId; value: DeviceDocument }
  setAside: { key: string; value: SetAside }
}

export type Database = IDBPDatabase<WeftDatabase>

/** Each person has a database of their own: two people in one browser never meet. */
export const databaseName = (userId: UserId): string => `weft-${userId}`

/** An `open` that is never answered must not hold up the page; ms. */
const openWithin = 5_000

export async function openDatabase(userId: UserId, onGone: () => void): Promise<Database> {
  const opening = openDB<WeftDatabase>(databaseName(userId), 1, {
    upgrade(database) {
      const updates = database.createObjectStore('updates', { keyPath: 'key', autoIncrement: true })
      updates.createIndex('document', 'documentId')
      updates.createIndex('unsent', 'unsentOf')
      database.createObjectStore('documents', { keyPath: 'documentId' })
      database.createObjectStore('setAside', { keyPath: 'id' })
    },
    // Another tab deletes the database (signing out) or brings a newer version: do not stand in its way.
    blocking: (_current, _blocked, event) => {
      const database = event.target
      if (database instanceof IDBDatabase) database.close()
      onGone()
    },
    terminated: onGone,
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the device store does not open')), openWithin)
  })
  try {
    return await Promise.race([opening, late])
  } catch (error) {
    void opening.then(
      (database) => database.close(),
      () => undefined,
    )
    throw error
  } finally {
    clearTimeout(timer)
  }
}
