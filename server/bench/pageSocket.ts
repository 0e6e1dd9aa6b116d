import { WebSocket } from 'ws'
import { addressOf } from './frames.ts'
import type { Measurement } from './measurement.ts'
import type { Target } from './target.ts'

/** Takes a whole frame of its channel. */
export type Receiver = (frame: Buffer) => void

/** The one socket of a page, and the channels that travel on it. */
export class PageSocket {
  readonly #socket: WebSocket
  readonly #measurement: Measurement
  readonly #channels = new Map<string, Receiver>()
  readonly #opened = Promise.withResolvers<void>()
  readonly #ended = Promise.withResolvers<number>()
  readonly #failed: ((sentence: string) => void)[] = []
  #only: Receiver | null = null
  #leaving = false

  constructor(target: Pick<Target, 'socketUrl' | 'headers'>, measurement: Measurement) {
    this.#measurement = measurement
    this.#socket = new WebSocket(target.socketUrl, {
      headers: target.headers,
      perMessageDeflate: false,
      skipUTF8Validation: true,
    })
    this.#socket.on('open', () => this.#opened.resolve())
    this.#socket.on('message', (data: Buffer) => this.#receive(data))
    this.#socket.on('error', (error) => this.#fail(error.message, 0))
    this.#socket.on('close', (code, reason) => this.#fail(`socket closed with ${code} ${reason}`, code))
    // Whoever waits for a channel hears of it; not everybody waits for the socket.
    this.#opened.promise.catch(() => {})
  }

  get opened(): Promise<void> {
    return this.#opened.promise
  }

  /** Resolves with the code when the socket ends by itself; 0 if it never was one. */
  get ended(): Promise<number> {
    return this.#ended.promise
  }

  join(address: string, receiver: Receiver): void {
    this.#channels.set(address, receiver)
    this.#only = this.#channels.size === 1 ? receiver : null
  }

  /** Called once, when the socket ends by itself. */
  onFailure(listener: (sentence: string) => void): void {
    this.#failed.push(listener)
  }

  /** What has no socket to go on is not kept: as in the client, the channels say it again when there is one. */
  send(frame: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame)
  }

  /** Ends without a good-bye. */
  leave(): void {
    this.#leaving = true
    this.#socket.terminate()
  }

  #receive(data: Buffer): void {
    if (this.#measurement.open) {
      this.#measurement.framesIn++
      this.#measurement.bytesIn += data.length
    }
    // With one channel the address need not be read.
    const receiver = this.#only ?? this.#channels.get(addressOf(data))
    receiver?.(data)
  }

  #fail(sentence: string, code: number): void {
    if (this.#leaving) return
    this.#leaving = true
    this.#opened.reject(new Error(sentence))
    this.#ended.resolve(code)
    for (const listener of this.#failed) listener(sentence)
  }
}
