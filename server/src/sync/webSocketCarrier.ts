import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import { patience } from './bounds.ts'
import type { CarrierEnd, FrameCarrier } from './frameCarrier.ts'
import { webSocketFrame } from './webSocketFrame.ts'

/** A WebSocket, which `ws` reads and this writes. */
export class WebSocketCarrier implements FrameCarrier {
  readonly #ws: WebSocket
  /** The connection under `ws`. */
  readonly #stream: Duplex

  constructor(ws: WebSocket, stream: Duplex) {
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
    this.#stream.write(webSocketFrame(address, body))
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
    this.#ws.on('message', (data, isBinary) => end.received(isBinary && data instanceof Uint8Array ? data : null))
    this.#ws.on('pong', () => end.answered())
    this.#ws.on('close', () => end.gone())
    // Without a listener, a reset connection would end the process [LIMIT-3].
    this.#ws.on('error', () => end.gone())
  }
}
