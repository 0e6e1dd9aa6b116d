import {
  authFrame,
  awarenessFrame,
  FrameType,
  readPayload,
  readReason,
  SyncStep,
  stepOneFrame,
  stepTwoFrame,
  typeOffset,
  updateFrame,
} from './frames.ts'
import type { LoadDocument } from './loadDocument.ts'
import { type Measurement, Writer } from './measurement.ts'
import type { PageSocket } from './pageSocket.ts'
import type { Target } from './target.ts'
import { openParagraph, typeCharacter } from './updates.ts'

/** A page's document channel, which speaks as the provider does and keeps no `Y.Doc`. */
export class LoadClient {
  readonly writer: Writer | null
  readonly #document: LoadDocument
  readonly #measurement: Measurement
  readonly #address: string
  readonly #token: string
  readonly #clientId: number
  readonly #socket: PageSocket
  readonly #joined = Promise.withResolvers<void>()
  /** When each SyncStep2 or Update was sent that waits for its SyncStatus, in order; 0: not measured. */
  readonly #unacknowledged: number[] = []
  #acknowledged = 0
  /** By writer: the clock that comes next. */
  readonly #seen: number[] = []
  /** By writer: the last move of its caret that was seen. */
  readonly #placesSeen: number[] = []
  #state: Uint8Array | null = null
  #clock = 0
  #awarenessClock = 0
  /** Where its caret stands: the number of its last move. */
  #place: number | null = null

  constructor(
    target: Target,
    socket: PageSocket,
    document: LoadDocument,
    clientId: number,
    writes: boolean,
    measurement: Measurement,
  ) {
    this.#document = document
    this.#measurement = measurement
    this.#clientId = clientId
    this.#token = target.token
    this.#address = target.sessions ? `${document.channel}\0${clientId.toString(36)}` : document.channel
    this.writer = writes ? new Writer(clientId, document.writers.size) : null
    if (this.writer) document.writers.set(clientId, this.writer)
    this.#socket = socket
    socket.join(this.#address, (data) => this.#receive(data))
    socket.onFailure((sentence) => this.#joined.reject(new Error(sentence)))
    // `join` hands it on to whoever waits; a socket that never opened has told them already.
    this.#joined.promise.catch(() => {})
  }

  /** Resolves when the channel is synced both ways: SyncStep2 is here, and the client's own was acknowledged. */
  async join(awareness: boolean): Promise<void> {
    await this.#socket.opened
    this.#socket.send(authFrame(this.#address, this.#token))
    this.#socket.send(stepOneFrame(this.#address))
    if (awareness) this.sayWho()
    await this.#joined.promise
  }

  /** Announces the client, or says again that it is there. */
  sayWho(): void {
    const anchor = { type: null, tname: null, item: { client: this.#clientId, clock: this.#place }, assoc: 0 }
    const cursor = this.#place === null ? null : { field: 'body', anchor, head: anchor }
    const state = JSON.stringify({ user: { name: `Client ${this.#clientId}`, color: '#1667b0' }, cursor, view: null })
    this.#socket.send(awarenessFrame(this.#address, this.#clientId, ++this.#awarenessClock, state))
  }

  /** Moves the writer's caret. */
  moveCaret(): void {
    if (this.writer === null) return
    const { open } = this.#measurement
    if (open) this.#measurement.moves++
    this.#place = this.writer.moved(open ? performance.now() : 0)
    this.sayWho()
  }

  /** Sends the writer's first edit, which makes its paragraph. */
  openParagraph(): void {
    const { update, next } = openParagraph(this.#state ?? Uint8Array.of(0, 0), this.#clientId)
    this.#clock = next
    this.#unacknowledged.push(0)
    this.#socket.send(updateFrame(this.#address, update))
  }

  /** Types one character. */
  type(character: string): void {
    const update = typeCharacter(this.#clientId, this.#clock, character)
    const at = this.#measurement.open ? performance.now() : 0
    if (at > 0) this.#measurement.edits++
    this.writer?.sent(this.#clock++, at)
    this.#unacknowledged.push(at)
    this.#socket.send(updateFrame(this.#address, update))
  }

  get waiting(): number {
    return this.#unacknowledged.length - this.#acknowledged
  }

  #receive(data: Buffer): void {
    const at = typeOffset(data)
    switch (data[at]) {
      case FrameType.sync:
        this.#receiveSync(data, at + 1)
        return
      case FrameType.syncStatus:
        this.#receiveStatus(data[at + 1] === 1)
        return
      case FrameType.awareness:
        if (this.#measurement.moves > 0) this.#receiveCarets(readPayload(data, at + 1))
        return
      case FrameType.auth:
        if (data[at + 1] === 0) this.#socket.send(authFrame(this.#address, this.#token))
        if (data[at + 1] === 1) this.#fail(`join refused: ${readReason(data, at + 2)}`)
        return
      case FrameType.close:
        this.#fail(`channel closed: ${readReason(data, at + 1)}`)
    }
  }

  #receiveSync(data: Buffer, at: number): void {
    switch (data[at]) {
      case SyncStep.one:
        this.#unacknowledged.push(0)
        this.#socket.send(stepTwoFrame(this.#address))
        return
      case SyncStep.two:
        this.#state = this.writer ? readPayload(data, at + 1).slice() : new Uint8Array()
        this.#joinedIfSynced()
        return
      case SyncStep.update:
        this.#receiveUpdate(readPayload(data, at + 1))
    }
  }

  #receiveStatus(accepted: boolean): void {
    const sentAt = this.#unacknowledged[this.#acknowledged++] ?? 0
    if (!accepted) this.#measurement.refused++
    else if (sentAt > 0) this.#measurement.acknowledgement.record(performance.now() - sentAt)
    this.#joinedIfSynced()
  }

  #joinedIfSynced(): void {
    if (this.#state !== null && this.#acknowledged > 0) this.#joined.resolve()
  }

  #receiveUpdate(update: Uint8Array): void {
    const now = performance.now()
    if (this.#measurement.open) this.#measurement.frames++
    for (const { client, from, to } of this.#document.ranges(update)) {
      const writer = this.#document.writers.get(client)
      if (!writer || writer === this.writer) continue
      const expected = this.#seen[writer.index] ?? 0
      if (from > expected) this.#measurement.gaps++
      for (let clock = Math.max(from, expected); clock < to; clock++) {
        const sentAt = writer.sentAt(clock)
        if (sentAt === 0) continue
        this.#measurement.deliveries++
        this.#measurement.delivery.record(now - sentAt)
      }
      this.#seen[writer.index] = Math.max(to, expected)
    }
  }

  #receiveCarets(payload: Uint8Array): void {
    const now = performance.now()
    for (const { client, move } of this.#document.carets(payload)) {
      const writer = this.#document.writers.get(client)
      if (!writer || writer === this.writer) continue
      const sentAt = writer.movedAt(move)
      // Seen before: a renewal, or a frame for a newcomer.
      if (sentAt === 0 || (this.#placesSeen[writer.index] ?? -1) >= move) continue
      this.#placesSeen[writer.index] = move
      this.#measurement.movesSeen++
      this.#measurement.caret.record(now - sentAt)
    }
  }

  #fail(sentence: string): void {
    this.#measurement.failures.push(sentence)
    this.#joined.reject(new Error(sentence))
  }
}
