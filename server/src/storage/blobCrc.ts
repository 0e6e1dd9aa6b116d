import { crc32 } from 'node:zlib'

/**
 * The checksum stored beside updates, snapshots and segments [SAVE-7]: flipped bytes inside a string of a Yjs update
 * would otherwise load without a word.
 */
export function blobCrc(blob: Uint8Array): number {
  return crc32(blob)
}
