import type { Duplex } from 'node:stream'
import { type RawData, WebSocket } from 'ws'
import { patience } from './bounds.ts'
import type { CarrierEnd, FrameCarrier } from './frameCarrier.ts'
import { webSocketFrame, webSocketHead } from './webSocketFrame.ts'

/**
 * A body of this size is not copied for each of those who get it: below, one chunk costs less than two. In bytes; a
 * frame of presence in a large workspace has tens of kilobytes, for a thousand readers.
 */
const shared = 16 << 10

/** A WebSocket that knows its end: one function for each event of all sockets, instead of one for each. */
export class CarriedSocket extends WebSocket {
  end: CarrierEnd | null = null
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  endOf(this)?.received(isBinary && data instanceof Uint8Array ? data : null)
}

function onPong(this: WebSocket): void {
  endOf(this)?.answered()
}

function onEnd(this: WebSocket): void {
  endOf(this)?.gone()
}

const endOf = (socket: WebSocket): CarrierEnd | null => (socket instanceof CarriedSocket ? socket.end : null)

/** A WebSocket, which `ws` reads and this writes. */
export class WebSocketCarrier implements FrameCarrier {
  readonly #ws: CarriedSocket
  /** The connection under `ws`. */
  readonly #stream: Duplex

  constructor(ws: CarriedSocket, stream: Duplex) {
    this.#ws = ws
    this.#stream = stream
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN
  }

  get bufferedBytes(): number {
    return this.#ws.bufferedAmount
  }

  mayCarry(): boolean {
    return true
  }

  send(address: Uint8Array, body: Uint8Array): void {
    // Past `ws`, which sends what is not compressed and not masked in the same call, so the order holds.
    if (body.length < shared) {
      this.#stream.write(webSocketFrame(address, body))
      return
    }
    this.#stream.cork()
    this.#stream.write(webSocketHead(address, body.length))
    this.#stream.write(body)
    this.#stream.uncork()
  }

  ping(): void {
    this.#ws.ping()
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason)
    setTimeout(() => this.#ws.terminate(), patience.refusal).unref()
  }

  cut(): void {
    this.#ws.terminate()
  }

  attach(end: CarrierEnd): void {
    this.#ws.end = end
    this.#ws.on('message', onMessage)
    this.#ws.on('pong', onPong)
    this.#ws.on('close', onEnd)
    // Without a listener, a reset connection would end the process [LIMIT-3].
    this.#ws.on('error', onEnd)
  }
}
