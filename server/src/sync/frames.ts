import { MessageType } from '@hocuspocus/server'
import type { CloseReason, ServerWord } from '@weft/shared/sync'
import { channelNameLimit } from '@weft/shared/sync'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'

/** What a client may send into a channel (Hocuspocus' protocol). */
export type ClientFrame =
  | { type: 'auth'; token: string }
  | { type: 'sync-step-1'; stateVector: Uint8Array }
  | { type: 'edit'; step: 'sync-step-2' | 'update'; update: Uint8Array }
  | { type: 'awareness'; update: Uint8Array }
  | { type: 'query-awareness' }
  | { type: 'close' }
  /** Over the limit of a frame. */
  | { type: 'too-large'; owed: boolean }
  /** Not readable; `owed` when the client counts on a SyncStatus for it [SAVE-3]. */
  | { type: 'malformed'; owed: boolean }

export interface Address {
  /** As it was sent: the name, or the name, a NUL and the session's id. Answers carry it back. */
  full: string
  name: string
  sessionId: string | null
}

/** @hocuspocus/common's, which the server package does not export. */
const AuthMessageType = { Token: 0, PermissionDenied: 1, Authenticated: 2 } as const

/** A provider makes some 11 characters. */
const sessionIdLimit = 64
const tokenLimit = 8192

/** The channel that a frame is for; null when there is none to be read. */
export function readAddress(decoder: decoding.Decoder): Address | null {
  try {
    const start = decoder.pos
    // Checked before the string is made, so that a long name costs nothing.
    if (decoding.readVarUint(decoder) > (channelNameLimit + sessionIdLimit) * 3) return null
    decoder.pos = start
    const full = decoding.readVarString(decoder)
    if (decoder.pos > decoder.arr.length) return null
    const separator = full.indexOf('\0')
    const name = separator === -1 ? full : full.slice(0, separator)
    const sessionId = separator === -1 ? null : full.slice(separator + 1)
    return sessionId !== null && sessionId.length > sessionIdLimit ? null : { full, name, sessionId }
  } catch {
    return null
  }
}

/** The rest of a frame. Views into `decoder`'s bytes, which must be used up exactly. */
export function readFrame(decoder: decoding.Decoder): ClientFrame {
  const reading = { owed: false }
  try {
    const frame = readBody(decoder, reading)
    // lib0 reads across the end of a view into whatever lies behind it in memory: never use such bytes.
    return decoder.pos === decoder.arr.length ? frame : { type: 'malformed', owed: reading.owed }
  } catch {
    return { type: 'malformed', owed: reading.owed }
  }
}

function readBody(decoder: decoding.Decoder, reading: { owed: boolean }): ClientFrame {
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case MessageType.Sync:
    case MessageType.SyncReply: {
      const step = decoding.readVarUint(decoder)
      reading.owed = step === messageYjsSyncStep2 || step === messageYjsUpdate
      const payload = decoding.readVarUint8Array(decoder)
      if (step === messageYjsSyncStep1) return { type: 'sync-step-1', stateVector: payload }
      if (step === messageYjsSyncStep2) return { type: 'edit', step: 'sync-step-2', update: payload }
      if (step === messageYjsUpdate) return { type: 'edit', step: 'update', update: payload }
      return { type: 'malformed', owed: false }
    }
    case MessageType.Awareness:
      return { type: 'awareness', update: decoding.readVarUint8Array(decoder) }
    case MessageType.Auth: {
      if (decoding.readVarUint(decoder) !== AuthMessageType.Token) return { type: 'malformed', owed: false }
      const token = decoding.readVarString(decoder)
      // Providers add their version.
      if (decoding.hasContent(decoder)) decoding.readVarString(decoder)
      return token.length > tokenLimit ? { type: 'malformed', owed: false } : { type: 'auth', token }
    }
    case MessageType.QueryAwareness:
      return { type: 'query-awareness' }
    case MessageType.CLOSE:
      return { type: 'close' }
    default:
      return { type: 'malformed', owed: false }
  }
}

/** The bodies of frames to a client: what follows the address. */
export const bodies = {
  authenticated: (mayWrite: boolean) =>
    encoding.encode((to) => {
      encoding.writeVarUint(to, MessageType.Auth)
      encoding.writeVarUint(to, AuthMessageType.Authenticated)
      encoding.writeVarString(to, mayWrite ? 'read-write' : 'readonly')
    }),
  denied: (reason: CloseReason) =>
    encoding.encode((to) => {
      encoding.writeVarUint(to, MessageType.Auth)
      encoding.writeVarUint(to, AuthMessageType.PermissionDenied)
      encoding.writeVarString(to, reason)
    }),
  close: (reason: CloseReason) =>
    encoding.encode((to) => {
      encoding.writeVarUint(to, MessageType.CLOSE)
      encoding.writeVarString(to, reason)
    }),
  tokenRequest: Uint8Array.of(MessageType.Auth, AuthMessageType.Token),
  syncStep1: (stateVector: Uint8Array) => sync(messageYjsSyncStep1, stateVector),
  syncStep2: (update: Uint8Array) => sync(messageYjsSyncStep2, update),
  update: (update: Uint8Array) => sync(messageYjsUpdate, update),
  syncStatus: { true: Uint8Array.of(MessageType.SyncStatus, 1), false: Uint8Array.of(MessageType.SyncStatus, 0) },
  word: (word: ServerWord) =>
    encoding.encode((to) => {
      encoding.writeVarUint(to, MessageType.Stateless)
      encoding.writeVarString(to, JSON.stringify(word))
    }),
  /** `states` behind each other are the encoded states, `count` of them. */
  awareness: (states: readonly Uint8Array[], count: number): Uint8Array => {
    const bytes = states.reduce((sum, part) => sum + part.length, 0)
    const head = encoding.encode((to) => {
      encoding.writeVarUint(to, MessageType.Awareness)
      encoding.writeVarUint(to, bytes + varUintLength(count))
      encoding.writeVarUint(to, count)
    })
    // Of its exact size: an encoder would take twice as much on its way, for each of a thousand who join.
    const body = new Uint8Array(head.length + bytes)
    body.set(head)
    let at = head.length
    for (const part of states) {
      body.set(part, at)
      at += part.length
    }
    return body
  },
}

/** How many bytes `writeVarUint` takes for a number: seven bits in each. */
const varUintLength = (number: number): number => Math.max(1, Math.ceil((32 - Math.clz32(number)) / 7))

function sync(step: number, payload: Uint8Array): Uint8Array {
  return encoding.encode((to) => {
    encoding.writeVarUint(to, MessageType.Sync)
    encoding.writeVarUint(to, step)
    encoding.writeVarUint8Array(to, payload)
  })
}

/** The address as it stands before each frame of a session: encoded once, copied for each. */
export const encodeAddress = (full: string): Uint8Array => encoding.encode((to) => encoding.writeVarString(to, full))
