import type { Readable } from 'node:stream'

/** SHA-256 of what a file holds, in hexadecimal: where it is kept. */
export type ContentHash = string

/**
 * What files hold, by its hash, whatever keeps it: a directory beside the database, or one day something that several
 * processes share. The same bytes are kept once.
 */
export interface Contents {
  /** Resolves when the bytes survive a power cut [SAVE-1]. Rejects with `storage-stopped`, and nothing is left of it. */
  write(bytes: Uint8Array): Promise<ContentHash>
  /** Null: it is not there. */
  read(hash: ContentHash): Promise<Readable | null>
  /** All that is kept, in no order. */
  list(): AsyncIterable<ContentHash>
  /** Removes what was last written before a time (milliseconds since 1970); false: it is newer, or gone. */
  remove(hash: ContentHash, writtenBefore: number): boolean
}
