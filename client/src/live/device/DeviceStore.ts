import type { DocumentId } from '@weft/shared/kit'
import type { CloseReason } from '@weft/shared/sync'
import type { FileStore } from '../files/FileStore.ts'
import type { WindowStore } from '../windows/WindowView.ts'
import type { OutboxStore } from './OutboxStore.ts'

/** What the device knows of a document beside its text. */
export interface DeviceDocument {
  documentId: DocumentId
  title: string
  mayWrite: boolean
  /** False: made here, and the server may not know it yet. */
  created: boolean
  /** When it was last open here; milliseconds since 1970. */
  openedAt: number
}

/** Own text that could not be saved, kept until the person exports or discards it [SAVE-8]. */
export interface SetAside {
  id: string
  documentId: DocumentId
  title: string
  markdown: string
  /** The whole text as a Yjs update. */
  state: Uint8Array
  why: CloseReason
  /** Milliseconds since 1970. */
  at: number
}

export interface DeviceCopy {
  /** All rows merged; null: never seen here. */
  update: Uint8Array | null
  /** What of it the server is known to have, merged. */
  sent: Uint8Array | null
  unsentKeys: number[]
  rows: number
  document: DeviceDocument | null
}

/**
 * Text on this device, of one person. Every promise resolves when its transaction is complete, so that "saved on this
 * device" may be said then [SAVE-6], and rejects when the device did not take it.
 */
export interface DeviceStore {
  /** Commands that wait for the server. Its code is loaded when it is first asked for. */
  outbox(): Promise<OutboxStore>
  /** Windows as they were last seen; their code is loaded with the first of them. */
  windows(): Promise<WindowStore>
  /** Files that wait for the server; their code is loaded with the first of them. */
  files(): Promise<FileStore>
  load(documentId: DocumentId): Promise<DeviceCopy>
  /** Stores one update; `own` ones count as unsent until `markSent`. Resolves with the row's key. */
  append(documentId: DocumentId, update: Uint8Array, own: boolean): Promise<number>
  markSent(keys: readonly number[]): Promise<void>
  /** Merges the rows that the server has into one; unsent ones stay as they are. */
  compact(documentId: DocumentId): Promise<void>
  describe(document: DeviceDocument): Promise<void>
  documents(): Promise<DeviceDocument[]>
  unsentDocuments(): Promise<DocumentId[]>
  /** What each document's text takes here; bytes, without what the browser adds. */
  sizes(): Promise<ReadonlyMap<DocumentId, number>>
  /** Forgets a document's text and description. */
  forget(documentId: DocumentId): Promise<void>
  /** Keeps `aside` and forgets the document's rows, both or neither. */
  setAside(aside: SetAside): Promise<void>
  listSetAside(): Promise<SetAside[]>
  discardSetAside(id: string): Promise<void>
  close(): void
  /** Deletes everything of this person. */
  deleteAll(): Promise<void>
}
