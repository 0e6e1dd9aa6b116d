import { createDecoder, readVarString, readVarUint } from 'lib0/decoding'
import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'

/** Hocuspocus' frame types that a load client meets. */
export const FrameType = { sync: 0, awareness: 1, auth: 2, close: 7, syncStatus: 8 } as const
export const SyncStep = { one: 0, two: 1, update: 2 } as const

const emptyStateVector = Uint8Array.of(0)
const emptyUpdate = Uint8Array.of(0, 0)

const frame = (address: string, type: number, write: (encoder: Encoder) => void): Uint8Array => {
  const encoder = createEncoder()
  writeVarString(encoder, address)
  writeVarUint(encoder, type)
  write(encoder)
  return toUint8Array(encoder)
}

export const authFrame = (address: string, token: string): Uint8Array =>
  frame(address, FrameType.auth, (encoder) => {
    writeVarUint(encoder, 0)
    writeVarString(encoder, token)
    writeVarString(encoder, '4.8.0') // the provider's version, as it says it itself
  })

const sync = (address: string, step: number, payload: Uint8Array): Uint8Array =>
  frame(address, FrameType.sync, (encoder) => {
    writeVarUint(encoder, step)
    writeVarUint8Array(encoder, payload)
  })

/** Asks for everything, as a client with an empty document does. */
export const stepOneFrame = (address: string): Uint8Array => sync(address, SyncStep.one, emptyStateVector)
/** Answers the server's question with nothing: the client has no edit of its own yet. */
export const stepTwoFrame = (address: string): Uint8Array => sync(address, SyncStep.two, emptyUpdate)
export const updateFrame = (address: string, update: Uint8Array): Uint8Array => sync(address, SyncStep.update, update)

export const awarenessFrame = (address: string, client: number, clock: number, state: string): Uint8Array =>
  frame(address, FrameType.awareness, (encoder) => {
    const inner = createEncoder()
    writeVarUint(inner, 1)
    writeVarUint(inner, client)
    writeVarUint(inner, clock)
    writeVarString(inner, state)
    writeVarUint8Array(encoder, toUint8Array(inner))
  })

/** Where a frame's type stands: behind the address, which one socket with one channel need not read. */
export function typeOffset(data: Uint8Array): number {
  let length = 0
  let shift = 0
  let at = 0
  for (;;) {
    const byte = data[at++]
    if (byte === undefined) return data.length
    length |= (byte & 127) << shift
    if (byte < 128) return at + length
    shift += 7
  }
}

/** The address before a frame's type, as it was sent: ASCII, in every server under test. */
export const addressOf = (data: Buffer): string => {
  const end = typeOffset(data)
  return data.toString('latin1', (data[0] ?? 0) < 128 ? 1 : 2, end)
}

/** A state in an awareness frame of the server; `json` as it stands there. */
export interface AwarenessState {
  client: number
  json: string
}

/** The states in the payload of an awareness frame. */
export function awarenessStates(payload: Uint8Array): AwarenessState[] {
  const decoder = createDecoder(payload)
  return Array.from({ length: readVarUint(decoder) }, () => {
    const client = readVarUint(decoder)
    readVarUint(decoder)
    return { client, json: readVarString(decoder) }
  })
}

/** The reason in a close or a refused auth frame, whose text starts at `at`. */
export const readReason = (data: Uint8Array, at: number): string => readVarString(createDecoder(data.subarray(at)))

/** The bytes of a var-uint8array that starts at `at`. */
export function readPayload(data: Uint8Array, at: number): Uint8Array {
  const decoder = createDecoder(data)
  decoder.pos = at
  const length = readVarUint(decoder)
  return data.subarray(decoder.pos, decoder.pos + length)
}
