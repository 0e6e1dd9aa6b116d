import type { UserId } from '@weft/shared/kit'
import type { LaneRecord } from '@weft/shared/sync'
import type { VerifiedToken } from '../../auth/index.ts'
import type { CarrierEnd, FrameCarrier } from '../frameCarrier.ts'

/** What a lane asks of the session that it is part of. */
export interface LaneHost {
  readonly userId: UserId
  readonly isOpen: boolean
  readonly bufferedBytes: number
  /** [LIMIT-1] The longest frame that is put together. Bytes. */
  readonly frameBound: number
  say(record: LaneRecord): void
  ended(lane: FallbackLane): void
  /** Somebody is cut off: everybody on this stream is, if it is the stream that does not move. */
  cut(): void
}

/** RFC 6455's code for a message over the bound, which `ws` sends for a WebSocket. */
const messageTooBig = 1009

/** One page's part of a session: to the socket at its end it is what a WebSocket is. */
export class FallbackLane implements FrameCarrier {
  readonly number: number
  readonly #host: LaneHost
  #end: CarrierEnd | null = null
  #closed = false
  #parts: Uint8Array[] = []
  #partBytes = 0

  constructor(number: number, host: LaneHost) {
    this.number = number
    this.#host = host
  }

  get isOpen(): boolean {
    return !this.#closed && this.#host.isOpen
  }

  get bufferedBytes(): number {
    return this.#host.bufferedBytes
  }

  mayCarry({ userId }: VerifiedToken): boolean {
    return userId === this.#host.userId
  }

  attach(end: CarrierEnd): void {
    this.#end = end
  }

  send(address: Uint8Array, body: Uint8Array): void {
    const data = new Uint8Array(address.length + body.length)
    data.set(address)
    data.set(body, address.length)
    this.#host.say({ lane: this.number, type: 'frame', data })
  }

  ping(): void {
    this.#host.say({ lane: this.number, type: 'ping' })
  }

  close(code: number, reason: string): void {
    if (this.#closed) return
    this.#closed = true
    this.#host.say({ lane: this.number, type: 'close', code, reason })
    this.#host.ended(this)
  }

  cut(): void {
    this.#host.cut()
  }

  /** A record of the client about this lane. */
  received(record: LaneRecord): void {
    if (this.#closed) return
    if (record.type === 'pong') this.#end?.answered()
    else if (record.type === 'part' || record.type === 'frame') this.#assemble(record)
    else if (record.type === 'close') this.gone()
  }

  /** The client has left, or its session is over. */
  gone(): void {
    if (!this.#closed) this.#host.ended(this)
    this.#closed = true
    this.#parts = []
    this.#end?.gone()
  }

  #assemble(record: { type: 'part' | 'frame'; data: Uint8Array }): void {
    if (record.type === 'frame' && this.#parts.length === 0) {
      this.#end?.received(record.data)
      return
    }
    this.#parts.push(record.data)
    this.#partBytes += record.data.length
    if (this.#partBytes > this.#host.frameBound) {
      this.close(messageTooBig, '')
      this.gone()
      return
    }
    if (record.type === 'part') return
    const whole = Buffer.concat(this.#parts)
    this.#parts = []
    this.#partBytes = 0
    this.#end?.received(whole)
  }
}
