import type { CommandId, DocumentId, FileId, UserId } from '@weft/shared/kit'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { openInTime } from '../../kit/openInTime.ts'
import type { WaitingFile } from '../files/FileStore.ts'
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
  /** Rows of the outbox; what is in them is checked when they are read. */
  outbox: { key: number; value: { order?: number; commandId: CommandId }; indexes: { command: CommandId } }
  /** Rows of the outbox that could not be read, as they were. */
  brokenCommands: { key: number; value: { row: unknown } }
  /** Who among the pages may do what only one of them should, where the browser has no Web Locks. */
  leases: { key: string; value: { name: string; holder: string; until: number } }
  /** Files that the server is not known to have. */
  files: { key: FileId; value: WaitingFile }
  /** Windows as they were last seen. */
  windows: {
    key: string
    value: { name: string; entries: (readonly [string, unknown])[]; meta: Record<string, unknown> }
  }
}

export type Database = IDBPDatabase<WeftDatabase>

/** Each person has a database of their own: two people in one browser never meet. */
export const databaseName = (userId: UserId): string => `weft-${userId}`

/** An `open` that is never answered must not hold up the page; ms. */
const openWithin = 5_000

function createDocuments(database: Database): void {
  const updates = database.createObjectStore('updates', { keyPath: 'key', autoIncrement: true })
  updates.createIndex('document', 'documentId')
  updates.createIndex('unsent', 'unsentOf')
  database.createObjectStore('documents', { keyPath: 'documentId' })
  database.createObjectStore('setAside', { keyPath: 'id' })
}

function createOutbox(database: Database): void {
  const outbox = database.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
  outbox.createIndex('command', 'commandId', { unique: true })
  database.createObjectStore('brokenCommands', { autoIncrement: true })
  database.createObjectStore('leases', { keyPath: 'name' })
}

export async function openDatabase(userId: UserId, onGone: () => void): Promise<Database> {
  const opening = openDB<WeftDatabase>(databaseName(userId), 4, {
    upgrade(database, from) {
      if (from < 1) createDocuments(database)
      if (from < 2) createOutbox(database)
      if (from < 3) database.createObjectStore('windows', { keyPath: 'name' })
      if (from < 4) database.createObjectStore('files', { keyPath: 'fileId' })
    },
    // Another tab deletes the database (signing out) or brings a newer version: do not stand in its way.
    blocking: (_current, _blocked, event) => {
      const database = event.target
      if (database instanceof IDBDatabase) database.close()
      onGone()
    },
    terminated: onGone,
  })
  return openInTime('the device store', opening, openWithin)
}
