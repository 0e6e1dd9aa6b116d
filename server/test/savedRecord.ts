import { MessageType } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'

/** What a frame to the server is, as far as it gets a SyncStatus. */
export function readType(frame: Uint8Array): 'sync-step-2' | 'update' | null {
  if (frame.length < 3) return null
  const from = decoding.createDecoder(new Uint8Array(frame))
  decoding.readVarString(from)
  if (decoding.readVarUint(from) !== MessageType.Sync) return null
  const step = decoding.readVarUint(from)
  return step === 1 ? 'sync-step-2' : step === 2 ? 'update' : null
}

/** The answer that a frame from the server is; null: it is something else. */
export function readStatus(frame: Uint8Array): boolean | null {
  if (frame.length < 3) return null
  const from = decoding.createDecoder(frame)
  decoding.readVarString(from)
  return decoding.readVarUint(from) === MessageType.SyncStatus ? decoding.readVarInt(from) === 1 : null
}
