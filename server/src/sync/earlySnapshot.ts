import type { StoredText } from '../storage/index.ts'
import { bodies } from './frames.ts'

export type EarlyReader = (text: StoredText) => void

/**
 * Who asks for the whole of a text that is not in memory yet. Its snapshot is that text, on disk [SAVE-2] and without
 * what was deleted: it leaves as it is, and the reader's Yjs reads it while ours does. Rows behind it hold deleted text,
 * and wait until they have been through a `Y.Doc`.
 */
export class EarlyReaders {
  readonly #readers = new Map<string, Set<EarlyReader>>()

  /** Returns how to leave. */
  add(channel: string, reader: EarlyReader): () => void {
    const readers = this.#readers.get(channel) ?? new Set()
    this.#readers.set(channel, readers.add(reader))
    return () => {
      readers.delete(reader)
      if (readers.size === 0 && this.#readers.get(channel) === readers) this.#readers.delete(channel)
    }
  }

  tell(channel: string, text: StoredText): void {
    for (const reader of this.#readers.get(channel) ?? []) reader(text)
  }
}

/** A snapshot that a session was sent before its text was in memory, and what it holds. */
export interface EarlySnapshot {
  snapshot: Uint8Array
  seq: number
}

/** A client is in step after a SyncStep2: a snapshot with rows behind it goes before that one. */
export const earlyBody = ({ rows }: StoredText, snapshot: Uint8Array): Uint8Array =>
  rows.length === 0 ? bodies.syncStep2(snapshot) : bodies.update(snapshot)
