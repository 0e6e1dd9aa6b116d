import { MessageType } from '@hocuspocus/server'
import { type CloseReason, closeReasons, isCloseReason } from '@weft/shared/sync'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1 } from 'y-protocols/sync'

/**
 * The y-websocket protocol is ours (Hocuspocus') without the address before each frame, and with the first four types
 * alone: sync, awareness, auth, the question for awareness. What the others say becomes something a plain client knows.
 */

/** The types that a plain client may send. Its token comes with its request, so that auth is none of them. */
const fromClient: ReadonlySet<number> = new Set([MessageType.Sync, MessageType.Awareness, MessageType.QueryAwareness])

export const mayCome = (type: number | undefined): boolean => type !== undefined && fromClient.has(type)

/** What a frame to a client is to a plain one. */
export type Outgoing =
  | { do: 'send'; sync: 'step-1' | 'other' | null }
  | { do: 'close'; reason: CloseReason }
  /** A change was not applied; the client, which waits for no answer, must not go on as if it was. */
  | { do: 'refuse' }
  | { do: 'drop' }

const drop: Outgoing = { do: 'drop' }

export function readOutgoing(body: Uint8Array): Outgoing {
  switch (body[0]) {
    case MessageType.Sync:
      return { do: 'send', sync: body[1] === messageYjsSyncStep1 ? 'step-1' : 'other' }
    case MessageType.Awareness:
      return { do: 'send', sync: null }
    // 1: permission denied; 0, the question for a new token, and 2, the permission, have no like.
    case MessageType.Auth:
      return body[1] === 1 ? { do: 'close', reason: reasonIn(body.subarray(2)) } : drop
    case MessageType.CLOSE:
      return { do: 'close', reason: reasonIn(body.subarray(1)) }
    case MessageType.SyncStatus:
      return body[1] === 0 ? { do: 'refuse' } : drop
    default:
      return drop
  }
}

/**
 * The close code of a reason for a plain client, whose provider comes back after every code but 4400 to 4499, and after
 * those never by itself: it must come back where ours does at once, and only there.
 */
export function plainCode(reason: CloseReason): number {
  const { code, client } = closeReasons[reason]
  const comesBack = client === 'rejoin' || client === 'spread'
  const isLast = code >= 4400 && code < 4500
  if (comesBack !== isLast) return code
  return comesBack ? code - 200 : code - 100
}

function reasonIn(bytes: Uint8Array): CloseReason {
  const reason = decoding.readVarString(decoding.createDecoder(bytes))
  return isCloseReason(reason) ? reason : 'channel-renewed'
}

/** Says nothing; a plain client lets a connection go on which it hears nothing for 30 s, not even an echo of its own. */
export const stillHere = encoding.encode((to) => {
  encoding.writeVarUint(to, MessageType.Awareness)
  encoding.writeVarUint8Array(to, Uint8Array.of(0))
})

interface RawState {
  clientId: number
  gone: boolean
  /** The entry as it came. */
  bytes: Uint8Array
}

/** The states of an awareness update without what they say; null for what is none. */
function readStates(update: Uint8Array): RawState[] | null {
  try {
    const from = decoding.createDecoder(update)
    const states: RawState[] = []
    for (let left = decoding.readVarUint(from); left > 0; left--) {
      const start = from.pos
      const clientId = decoding.readVarUint(from)
      decoding.readVarUint(from)
      const length = decoding.readVarUint(from)
      if (from.pos + length > update.length) return null
      // `null`, as JSON.
      const gone = length === 4 && update[from.pos] === 0x6e
      from.pos += length
      states.push({ clientId, gone, bytes: update.subarray(start, from.pos) })
    }
    return decoding.hasContent(from) ? null : states
  } catch {
    return null
  }
}

function awarenessIn(frame: Uint8Array): Uint8Array | null {
  try {
    const from = decoding.createDecoder(frame)
    decoding.readVarUint(from)
    return decoding.readVarUint8Array(from)
  } catch {
    return null
  }
}

/**
 * Who else is here, as one plain client has heard. Its provider echoes whatever it hears, which costs nobody a refusal
 * [IDENT-1] and is taken out here, before it is counted as its own.
 */
export class Heard {
  readonly #others = new Set<number>()

  note(frame: Uint8Array): void {
    const update = awarenessIn(frame)
    for (const { clientId, gone } of (update === null ? null : readStates(update)) ?? []) {
      if (gone) this.#others.delete(clientId)
      else this.#others.add(clientId)
    }
  }

  /** The frame with the client's own states; null: none is its own. What cannot be read stays as it is, to be refused. */
  withoutEcho(frame: Uint8Array): Uint8Array | null {
    const update = awarenessIn(frame)
    const states = update === null ? null : readStates(update)
    if (states === null) return frame
    const own = states.filter(({ clientId }) => !this.#others.has(clientId))
    if (own.length === states.length) return frame
    if (own.length === 0) return null
    return encoding.encode((to) => {
      encoding.writeVarUint(to, MessageType.Awareness)
      const inner = encoding.encode((into) => {
        encoding.writeVarUint(into, own.length)
        for (const { bytes } of own) encoding.writeUint8Array(into, bytes)
      })
      encoding.writeVarUint8Array(to, inner)
    })
  }
}
