import type { DocumentId } from '@weft/shared/kit'
import type { CloseReason } from '@weft/shared/sync'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'

/** The socket of this page, for all channels. */
export type Connection = 'connecting' | 'online' | 'offline'

/**
 * What is true of one's own text [SAVE-6]:
 * `saved`: the server has acknowledged every local change; `saving`: on its way; `offline`: not sent, but the device
 * store has all of it; `not-saved`: something is nowhere but in this page, or was refused (with why).
 */
export type SaveState =
  | { word: 'saved' }
  | { word: 'saving' }
  | { word: 'offline' }
  | { word: 'not-saved'; why: CloseReason | 'storage-stopped' | 'device-store'; detail?: string }

/** A joined `doc/<id>` channel, as the editor sees it. One for each document and page, shared by reference count. */
export interface DocumentSession {
  readonly documentId: DocumentId
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly state: DocumentSessionState
  subscribe(listener: () => void): () => void
}

export interface DocumentSessionState {
  /** The device store is read: from here on the document may be edited (never before). */
  loaded: boolean
  /** The server's text has arrived at least once in this session, or the device had a copy: there is something to show. */
  readable: boolean
  /** In step with the server now. */
  synced: boolean
  mayWrite: boolean
  save: SaveState
  /** Why the channel is closed for good; reading goes on from what is there. */
  closed: CloseReason | null
  /** Raised when the `Y.Doc` was replaced (foreign client id, access lost): the editor mounts anew. */
  generation: number
}
