import { createDecoder, readVarInt, readVarString, readVarUint } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'

/** What the save record and the transport need to know of a frame; Hocuspocus' protocol, read without a copy. */
export type Frame = { key: string } & (
  | { type: 'sync-step-1' | 'sync-step-2' | 'update' | 'other' | 'token-request' }
  | { type: 'sync-status'; stored: boolean }
  | { type: 'authenticated'; readOnly: boolean }
  | { type: 'refused'; reason: string }
  | { type: 'close'; reason: string }
)

const syncTypes = ['sync-step-1', 'sync-step-2', 'update'] as const
const queryAwareness = 3

/** Reads one frame's head; null for what is none (a bare ping, garbage). */
export function readFrame(data: Uint8Array): Frame | null {
  try {
    const decoder = createDecoder(data)
    const key = readVarString(decoder)
    switch (readVarUint(decoder)) {
      case 0:
      case 4:
        return { key, type: syncTypes[readVarUint(decoder)] ?? 'other' }
      case 2:
        switch (readVarUint(decoder)) {
          case 0:
            return { key, type: 'token-request' }
          case 1:
            return { key, type: 'refused', reason: readVarString(decoder) }
          default:
            return { key, type: 'authenticated', readOnly: readVarString(decoder) !== 'read-write' }
        }
      case 7:
        return { key, type: 'close', reason: readVarString(decoder) }
      case 8:
        return { key, type: 'sync-status', stored: readVarInt(decoder) === 1 }
      default:
        return { key, type: 'other' }
    }
  } catch {
    return null
  }
}

/** A question that every server answers at once: the probe for a socket that has gone silent. */
export function awarenessQuery(key: string): Uint8Array {
  const encoder = createEncoder()
  writeVarString(encoder, key)
  writeVarUint(encoder, queryAwareness)
  return toUint8Array(encoder)
}
