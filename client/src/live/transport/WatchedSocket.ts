import type { Clock } from './Clock.ts'
import { DialledSocket } from './DialledSocket.ts'
import type { Ways } from './Ways.ts'

/** Who looks at every frame of a socket. */
export interface SocketWatch {
  /** Before a frame leaves; false keeps it back. */
  sending(frame: Uint8Array): boolean
  /** Before a frame reaches the providers; returns what is to happen after they have read it. */
  received(frame: Uint8Array): (() => void) | undefined
}

/** Without an open within this the network swallows us: try again. A WebSocket, a stream and a poll fit in; ms. */
const openWithin = 20_000

/**
 * The WebSocket that the provider sees: whatever gets through, watched frame by frame, with a limit on connecting and a
 * close that is told at once (the platform's own waits for the other side, which may be gone).
 */
export class WatchedSocket extends EventTarget {
  identifier: unknown = 0
  /** The provider sets it; frames are array buffers whatever it says. */
  binaryType: BinaryType = 'arraybuffer'
  #readyState: number = WebSocket.CONNECTING
  readonly #socket: DialledSocket
  readonly #watch: SocketWatch
  readonly #stopTimer: () => void

  constructor(url: string, ways: Ways, watch: SocketWatch, clock: Clock) {
    super()
    this.#watch = watch
    this.#socket = new DialledSocket(url, ways, clock)
    this.#stopTimer = clock.after(openWithin, () => this.#end(4408, 'no answer'))
    this.#socket.addEventListener('open', () => {
      if (this.#readyState !== WebSocket.CONNECTING) return
      this.#stopTimer()
      this.#readyState = WebSocket.OPEN
      this.dispatchEvent(new Event('open'))
    })
    this.#socket.addEventListener('message', (event) => {
      if (this.#readyState !== WebSocket.OPEN || !(event instanceof MessageEvent)) return
      if (typeof event.data === 'string') return
      const then = this.#watch.received(new Uint8Array(event.data))
      this.dispatchEvent(new MessageEvent('message', { data: event.data }))
      then?.()
    })
    this.#socket.addEventListener('close', (event) => {
      if (event instanceof CloseEvent) this.#end(event.code, event.reason)
    })
  }

  get readyState(): number {
    return this.#readyState
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    if (this.#readyState === WebSocket.OPEN && this.#watch.sending(frame)) this.#socket.send(frame)
  }

  close(code?: number, reason?: string): void {
    this.#end(code ?? 1005, reason ?? '')
  }

  #end(code: number, reason: string): void {
    if (this.#readyState === WebSocket.CLOSED) return
    this.#readyState = WebSocket.CLOSED
    this.#stopTimer()
    this.#socket.close()
    this.dispatchEvent(new CloseEvent('close', { code, reason }))
  }
}
