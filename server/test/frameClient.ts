import { MessageType } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'

/** A frame from the server, taken apart. */
export interface ServerFrame {
  address: string
  type: 'sync-step-1' | 'sync-step-2' | 'update' | 'awareness' | 'auth' | 'stateless' | 'close' | 'status' | 'other'
  /** Of sync and awareness. */
  payload: Uint8Array
  /** Of auth (`authenticated`, `denied:<reason>`, `token-request`), stateless (the JSON) and close (the reason). */
  text: string
  /** Of status. */
  applied: boolean
}

const syncTypes = ['sync-step-1', 'sync-step-2', 'update'] as const
const nothing = { payload: new Uint8Array(), text: '', applied: false }

/** What a client says and hears, however wrong, over whatever carries it; it remembers every frame that came. */
export abstract class FrameClient {
  readonly frames: ServerFrame[] = []
  closed: { code: number; reason: string } | null = null
  #wake = new Set<() => void>()

  abstract raw(bytes: Uint8Array): void

  took(bytes: Uint8Array): void {
    this.frames.push(readServerFrame(bytes))
    this.wake()
  }

  ended(how: { code: number; reason: string }): void {
    this.closed = how
    this.wake()
  }

  /** Waits until `look` finds something in what has come; fails after 15 s with what there is. */
  async until<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
    const deadline = Date.now() + 15_000
    for (;;) {
      const found = look()
      if (found !== null && found !== undefined && found !== false) return found
      if (Date.now() > deadline) {
        const seen = this.frames.map(
          (frame) => `${frame.type} ${frame.text}${frame.type === 'status' ? frame.applied : ''}`,
        )
        throw new Error(`${what} did not come; closed: ${JSON.stringify(this.closed)}; came: ${seen.join(', ')}`)
      }
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          this.#wake.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, 200)
        this.#wake.add(wake)
      })
    }
  }

  of(type: ServerFrame['type']): ServerFrame[] {
    return this.frames.filter((frame) => frame.type === type)
  }

  get statuses(): boolean[] {
    return this.of('status').map((frame) => frame.applied)
  }

  socketClose(): Promise<{ code: number; reason: string }> {
    return this.until('the close of the socket', () => this.closed)
  }

  async channelClose(): Promise<string> {
    return (await this.until('the close of the channel', () => this.of('close')[0])).text
  }

  frame(address: string, write: (to: encoding.Encoder) => void): void {
    this.raw(
      encoding.encode((to) => {
        encoding.writeVarString(to, address)
        write(to)
      }),
    )
  }

  auth(address: string, token: string): void {
    this.frame(address, (to) => {
      encoding.writeVarUint(to, MessageType.Auth)
      encoding.writeVarUint(to, 0)
      encoding.writeVarString(to, token)
      encoding.writeVarString(to, '4.8.0')
    })
  }

  sync(address: string, step: 0 | 1 | 2 | number, payload: Uint8Array): void {
    this.frame(address, (to) => {
      encoding.writeVarUint(to, MessageType.Sync)
      encoding.writeVarUint(to, step)
      encoding.writeVarUint8Array(to, payload)
    })
  }

  step1(address: string, doc: Y.Doc = new Y.Doc()): void {
    this.sync(address, 0, Y.encodeStateVector(doc))
  }

  step2(address: string, update: Uint8Array = Y.encodeStateAsUpdate(new Y.Doc())): void {
    this.sync(address, 1, update)
  }

  update(address: string, update: Uint8Array): void {
    this.sync(address, 2, update)
  }

  awareness(address: string, clientId: number, state: unknown, clock = 1): void {
    this.awarenessBytes(
      address,
      encoding.encode((to) => {
        encoding.writeVarUint(to, 1)
        encoding.writeVarUint(to, clientId)
        encoding.writeVarUint(to, clock)
        encoding.writeVarString(to, JSON.stringify(state))
      }),
    )
  }

  awarenessBytes(address: string, update: Uint8Array): void {
    this.frame(address, (to) => {
      encoding.writeVarUint(to, MessageType.Awareness)
      encoding.writeVarUint8Array(to, update)
    })
  }

  /** What a page asks of a socket that has gone silent. */
  queryAwareness(address: string): void {
    this.frame(address, (to) => encoding.writeVarUint(to, MessageType.QueryAwareness))
  }

  leave(address: string): void {
    this.frame(address, (to) => encoding.writeVarUint(to, MessageType.CLOSE))
  }

  /** Joins and syncs like an honest client: token, SyncStep1, and the answer to the server's. Returns its text. */
  async join(address: string, token: string): Promise<Y.Doc> {
    this.auth(address, token)
    this.step1(address)
    const doc = new Y.Doc()
    const own = () => this.frames.filter((frame) => frame.address === address)
    await this.until('SyncStep2', () => own().some(({ type }) => type === 'sync-step-2'))
    for (const { type, payload } of own()) if (type === 'sync-step-2' || type === 'update') Y.applyUpdate(doc, payload)
    this.step2(address)
    await this.until('the answer to SyncStep2', () => this.of('status').find((frame) => frame.address === address))
    return doc
  }

  /** The text that the server has sent so far. */
  received(): Y.Doc {
    const doc = new Y.Doc()
    for (const frame of this.frames) {
      if (frame.type === 'sync-step-2' || frame.type === 'update') Y.applyUpdate(doc, frame.payload)
    }
    return doc
  }

  wake(): void {
    for (const wake of [...this.#wake]) wake()
  }
}

function readServerFrame(bytes: Uint8Array): ServerFrame {
  if (bytes.length === 1) return { address: '', type: 'other', ...nothing }
  const from = decoding.createDecoder(bytes)
  const address = decoding.readVarString(from)
  switch (decoding.readVarUint(from)) {
    case MessageType.Sync: {
      const type = syncTypes[decoding.readVarUint(from)] ?? 'other'
      return { address, type, ...nothing, payload: decoding.readVarUint8Array(from) }
    }
    case MessageType.Awareness:
      return { address, type: 'awareness', ...nothing, payload: decoding.readVarUint8Array(from) }
    case MessageType.Auth: {
      const kind = decoding.readVarUint(from)
      const text = kind === 0 ? 'token-request' : decoding.readVarString(from)
      return { address, type: 'auth', ...nothing, text: kind === 1 ? `denied:${text}` : text }
    }
    case MessageType.Stateless:
      return { address, type: 'stateless', ...nothing, text: decoding.readVarString(from) }
    case MessageType.CLOSE:
      return { address, type: 'close', ...nothing, text: decoding.readVarString(from) }
    case MessageType.SyncStatus:
      return { address, type: 'status', ...nothing, applied: decoding.readVarInt(from) === 1 }
    default:
      return { address, type: 'other', ...nothing }
  }
}

/** The states in awareness frames, by client id; the last one counts, null: gone. */
export function awarenessStates(frames: readonly ServerFrame[]): Map<number, Record<string, unknown> | null> {
  const states = new Map<number, Record<string, unknown> | null>()
  for (const frame of frames) {
    if (frame.type !== 'awareness') continue
    const from = decoding.createDecoder(frame.payload)
    for (let left = decoding.readVarUint(from); left > 0; left--) {
      const clientId = decoding.readVarUint(from)
      decoding.readVarUint(from)
      states.set(clientId, JSON.parse(decoding.readVarString(from)))
    }
  }
  return states
}

/** An awareness update as y-protocols makes it, for a document of its own. */
export function awarenessOf(doc: Y.Doc, state: Record<string, unknown>): Uint8Array {
  const awareness = new Awareness(doc)
  awareness.setLocalState(state)
  const update = encodeAwarenessUpdate(awareness, [doc.clientID])
  awareness.destroy()
  return update
}
