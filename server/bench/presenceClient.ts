import {
  authFrame,
  awarenessFrame,
  FrameType,
  readReason,
  SyncStep,
  stepOneFrame,
  stepTwoFrame,
  typeOffset,
} from './frames.ts'
import type { Measurement } from './measurement.ts'
import type { PageSocket } from './pageSocket.ts'
import type { Target } from './target.ts'

/** A page's presence channel: says that it is here and which document it shows, and listens. */
export class PresenceClient {
  readonly #socket: PageSocket
  readonly #measurement: Measurement
  readonly #address: string
  readonly #token: string
  readonly #clientId: number
  readonly #documentId: string
  readonly #joined = Promise.withResolvers<void>()
  #clock = 0

  constructor(
    target: Target,
    socket: PageSocket,
    channel: string,
    document: string,
    clientId: number,
    measurement: Measurement,
  ) {
    this.#socket = socket
    this.#measurement = measurement
    this.#token = target.token
    this.#clientId = clientId
    this.#documentId = document.replace(/^doc\//, '')
    this.#address = target.sessions ? `${channel}\0${clientId.toString(36)}` : channel
    socket.join(this.#address, (data) => this.#receive(data))
    socket.onFailure((sentence) => this.#joined.reject(new Error(sentence)))
    // `join` hands it on to whoever waits; a socket that never opened has told them already.
    this.#joined.promise.catch(() => {})
  }

  /** Resolves when SyncStep2 is here. */
  async join(): Promise<void> {
    await this.#socket.opened
    this.#socket.send(authFrame(this.#address, this.#token))
    this.#socket.send(stepOneFrame(this.#address))
    this.sayWho()
    await this.#joined.promise
  }

  /** Announces the page, or says again that it is there. */
  sayWho(): void {
    const user = { name: `Client ${this.#clientId}`, color: '#1667b0' }
    const state = { user, availability: 'online', documentId: this.#documentId, activity: 'viewing' }
    this.#socket.send(awarenessFrame(this.#address, this.#clientId, ++this.#clock, JSON.stringify(state)))
  }

  #receive(data: Buffer): void {
    const at = typeOffset(data)
    switch (data[at]) {
      case FrameType.sync:
        if (data[at + 1] === SyncStep.one) this.#socket.send(stepTwoFrame(this.#address))
        if (data[at + 1] === SyncStep.two) this.#joined.resolve()
        return
      case FrameType.auth:
        if (data[at + 1] === 0) this.#socket.send(authFrame(this.#address, this.#token))
        if (data[at + 1] === 1) this.#fail(`presence refused: ${readReason(data, at + 2)}`)
        return
      case FrameType.close:
        this.#fail(`presence closed: ${readReason(data, at + 1)}`)
    }
  }

  #fail(sentence: string): void {
    this.#measurement.failures.push(sentence)
    this.#joined.reject(new Error(sentence))
  }
}
