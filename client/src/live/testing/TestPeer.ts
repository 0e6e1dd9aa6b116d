import type { DocumentId } from '@weft/shared/kit'
import { type CloseReason, documentChannel, type ServerWord } from '@weft/shared/sync'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

type Deliver = (run: () => void) => void

/** One session of a channel on the other side. */
interface Session {
  key: string
  name: string
  socket: PeerSocket
  step2: boolean
  waiting: Uint8Array[]
}

/**
 * The other side of the sync protocol, in this process and under the test's hand: it commits when told, refuses, closes
 * with reasons and dies. What a real server does is tested in `e2e/`; here it is what the client makes of it.
 */
export class TestPeer {
  /** What is on disk, by channel. */
  readonly stored = new Map<string, Y.Doc>()
  readonly sessions = new Map<string, Session>()
  readonly sockets = new Set<PeerSocket>()
  /** Everything that arrived, as `channel:type`; `2` are sync frames with content. */
  readonly heard: string[] = []
  readOnly = false
  /** Why nobody is let in; null lets everybody in. */
  turnsAway: CloseReason | null = null
  down = false
  /** True keeps updates in memory only, unanswered, until `commit`. */
  slowDisk = false
  refuse = 0
  #memory = new Map<string, { doc: Y.Doc; uncommitted: { session: Session; update: Uint8Array }[] }>()
  #latency: () => number

  constructor(latency: () => number = () => 0) {
    this.#latency = latency
  }

  /** The class to stand as `WebSocket` of the page. */
  get WebSocket(): new (
    url: string,
  ) => EventTarget {
    const peer = this
    return class extends PeerSocket {
      constructor(_url: string) {
        super(peer, peer.#line())
      }
    }
  }

  textOf(documentId: DocumentId): string {
    return this.storedDoc(documentChannel(documentId)).getText('text').toString()
  }

  storedDoc(name: string): Y.Doc {
    return taken(this.stored, name, () => new Y.Doc())
  }

  /** Takes everything to disk, answers it and tells the others. */
  commit(): void {
    for (const [name, { uncommitted }] of this.#memory) {
      for (const { session, update } of uncommitted.splice(0)) {
        Y.applyUpdate(this.storedDoc(name), update)
        this.#answer(session, true)
        for (const other of this.sessions.values())
          if (other.name === name) this.#send(other, 0, (e) => sync(e, 2, update))
      }
    }
  }

  closeChannel(name: string, reason: CloseReason): void {
    for (const session of [...this.sessions.values()]) {
      if (session.name !== name) continue
      this.sessions.delete(session.key)
      this.#send(session, 7, (encoder) => encoding.writeVarString(encoder, reason))
    }
  }

  say(name: string, word: ServerWord): void {
    for (const session of this.sessions.values()) {
      if (session.name === name) this.#send(session, 5, (e) => encoding.writeVarString(e, JSON.stringify(word)))
    }
  }

  /** Changes a channel as the server does that owns it, and tells whoever has joined. */
  change(name: string, change: (doc: Y.Doc) => void): void {
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    const { doc } = this.#loaded(name)
    doc.on('update', collect)
    doc.transact(() => change(doc))
    doc.off('update', collect)
    for (const update of updates) {
      Y.applyUpdate(this.storedDoc(name), update)
      for (const session of this.sessions.values()) {
        if (session.name === name) this.#send(session, 0, (e) => sync(e, 2, update))
      }
    }
  }

  /** Puts a channel together anew, with nothing of what it was. */
  rebuild(name: string, fill: (doc: Y.Doc) => void): void {
    this.#memory.delete(name)
    const doc = new Y.Doc()
    fill(doc)
    this.stored.set(name, doc)
  }

  /** Asks for a new token over every channel, as before one runs out. */
  askForToken(): void {
    for (const session of this.sessions.values()) this.#send(session, 2, (e) => encoding.writeVarUint(e, 0))
  }

  /** The process dies: what was not on disk is gone. */
  die(code = 1006, reason = ''): void {
    this.#memory.clear()
    this.sessions.clear()
    for (const socket of [...this.sockets]) socket.end(code, reason)
  }

  /** A socket has ended, from either side: its sessions end with it. */
  forget(socket: PeerSocket): void {
    this.sockets.delete(socket)
    for (const session of [...this.sessions.values()]) {
      if (session.socket === socket) this.sessions.delete(session.key)
    }
  }

  take(socket: PeerSocket, data: Uint8Array): void {
    // A ping, which belongs to no channel.
    if (data.length === 1) {
      socket.deliver(Uint8Array.of(10))
      return
    }
    const decoder = decoding.createDecoder(data)
    const key = decoding.readVarString(decoder)
    const name = key.split('\0')[0] ?? ''
    const type = decoding.readVarUint(decoder)
    const session = this.sessions.get(key)
    if (type === 2) {
      decoding.readVarUint(decoder)
      const token = decoding.readVarString(decoder)
      this.heard.push(`${name}:token:${token}`)
      if (session !== undefined) return
      const why = this.turnsAway
      if (why !== null) {
        this.#send({ key, name, socket, step2: false, waiting: [] }, 2, (encoder) => {
          encoding.writeVarUint(encoder, 1)
          encoding.writeVarString(encoder, why)
        })
        return
      }
      const joined = { key, name, socket, step2: false, waiting: [] }
      this.sessions.set(key, joined)
      this.#send(joined, 2, (encoder) => {
        encoding.writeVarUint(encoder, 2)
        encoding.writeVarString(encoder, this.readOnly ? 'readonly' : 'read-write')
      })
    }
    if (type === 7) this.sessions.delete(key)
    if (type !== 0 || session === undefined) return
    const step = decoding.readVarUint(decoder)
    const content = decoding.readVarUint8Array(decoder)
    this.heard.push(`${name}:${step}`)
    if (step === 0) this.#introduce(session, content)
    else this.#takeUpdate(session, step, content)
  }

  #introduce(session: Session, vector: Uint8Array): void {
    const { doc } = this.#loaded(session.name)
    this.#send(session, 0, (e) => sync(e, 1, Y.encodeStateAsUpdate(this.storedDoc(session.name), vector)))
    this.#send(session, 0, (e) => sync(e, 0, Y.encodeStateVector(doc)))
  }

  #takeUpdate(session: Session, step: number, update: Uint8Array): void {
    const loaded = this.#loaded(session.name)
    if (this.refuse > 0) {
      this.refuse--
      this.#answer(session, false)
      this.#send(session, 0, (e) => sync(e, 0, Y.encodeStateVector(loaded.doc)))
      return
    }
    const { from } = Y.parseUpdateMeta(update)
    const known = Y.decodeStateVector(Y.encodeStateVector(loaded.doc))
    const missing = [...from].some(([client, clock]) => clock > (known.get(client) ?? 0))
    if (step === 2 && !session.step2 && (missing || session.waiting.length > 0)) {
      session.waiting.push(update)
      return
    }
    Y.applyUpdate(loaded.doc, update)
    loaded.uncommitted.push({ session, update })
    if (step === 1) {
      session.step2 = true
      for (const late of session.waiting.splice(0)) this.#takeUpdate(session, 2, late)
    }
    if (!this.slowDisk) this.commit()
  }

  #answer(session: Session, stored: boolean): void {
    this.#send(session, 8, (encoder) => encoding.writeVarInt(encoder, stored ? 1 : 0))
  }

  #send(session: Session, type: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, session.key)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    session.socket.deliver(encoding.toUint8Array(encoder))
  }

  #loaded(name: string) {
    return taken(this.#memory, name, () => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.storedDoc(name)))
      return { doc, uncommitted: [] }
    })
  }

  /** Frames of one direction arrive in order, each after its latency. */
  #line(): Deliver[] {
    return [0, 1].map(() => {
      let last: Promise<void> = Promise.resolve()
      return (run) => {
        last = last.then(() => new Promise((resolve) => setTimeout(resolve, this.#latency()))).then(run)
      }
    })
  }
}

class PeerSocket extends EventTarget {
  binaryType = 'arraybuffer'
  readyState = 0
  readonly #peer: TestPeer
  readonly #up: Deliver
  readonly #down: Deliver

  constructor(peer: TestPeer, [up, down]: Deliver[]) {
    super()
    if (up === undefined || down === undefined) throw new Error('missing: lines')
    this.#peer = peer
    this.#up = up
    this.#down = down
    this.#down(() => {
      if (peer.down) return this.end(1006, '')
      if (this.readyState !== 0) return
      this.readyState = 1
      peer.sockets.add(this)
      this.dispatchEvent(new Event('open'))
    })
  }

  send(data: Uint8Array): void {
    const copy = data.slice()
    this.#up(() => {
      if (this.#peer.sockets.has(this)) this.#peer.take(this, copy)
    })
  }

  deliver(data: Uint8Array): void {
    this.#down(() => {
      if (this.readyState === 1) this.dispatchEvent(new MessageEvent('message', { data: data.slice().buffer }))
    })
  }

  close(): void {
    this.end(1005, '')
  }

  end(code: number, reason: string): void {
    this.#peer.forget(this)
    if (this.readyState === 3) return
    this.readyState = 3
    queueMicrotask(() => this.dispatchEvent(new CloseEvent('close', { code, reason })))
  }
}

const sync = (encoder: encoding.Encoder, step: number, content: Uint8Array): void => {
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, content)
}

function taken<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
