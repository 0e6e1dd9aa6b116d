import type { Clock } from './Clock.ts'
import { gaveWay } from './fallback/words.ts'
import type { OpenLane, Ways } from './Ways.ts'
import { isPong, ping } from './webSocketAnswers.ts'

/** What a page needs of the thing that carries its frames. */
interface Inner {
  send(frame: Uint8Array<ArrayBuffer>): void
  close(): void
}

/** A WebSocket that has not opened, or opened and brought nothing, in this time does not get through; milliseconds. */
const answerWithin = 4_000

/**
 * One connection to the server, by the way that gets through: a WebSocket, and where that is refused or hangs, a lane of
 * the fallback. It tells `open`, `message` and `close`, each of the last once.
 */
export class DialledSocket extends EventTarget {
  readonly #url: string
  readonly #ways: Ways
  readonly #clock: Clock
  #inner: Inner | null = null
  #closed = false
  #cancel: () => void = () => {}

  constructor(url: string, ways: Ways, clock: Clock) {
    super()
    this.#url = url
    this.#ways = ways
    this.#clock = clock
    const openLane = ways.laneOpener()
    if (ways.webSocketsBlocked && openLane !== null) this.#openLane(openLane)
    else this.#openWebSocket()
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    this.#inner?.send(frame)
  }

  close(): void {
    this.#end(1005, '')
  }

  #openWebSocket(): void {
    const socket = new WebSocket(this.#url)
    socket.binaryType = 'arraybuffer'
    const mine = () => this.#inner === socket && !this.#closed
    let [opened, heard] = [false, false]
    const fail = () => {
      this.#inner = null
      socket.close()
      this.#cancel()
      const openLane = this.#ways.laneOpener()
      if (openLane === null) this.#end(1006, '')
      else this.#openLane(openLane)
    }
    this.#inner = socket
    this.#cancel = this.#clock.after(answerWithin, () => {
      if (!mine() || heard) return
      if (!opened) return fail()
      // Open, and silent: frames are swallowed on the way. The next attempt goes round.
      this.#ways.webSocketsBlocked = true
      this.#end(4408, 'no answer')
    })
    socket.addEventListener('open', () => {
      if (!mine()) return
      opened = true
      socket.send(ping)
      this.#opened('websocket')
    })
    socket.addEventListener('message', (event: MessageEvent) => {
      if (!mine()) return
      if (!heard) {
        heard = true
        this.#cancel()
        this.#ways.webSocketsBlocked = false
      }
      if (!isPong(event.data)) this.#message(event)
    })
    socket.addEventListener('close', (event) => {
      if (!mine()) return
      if (opened) this.#end(event.code, event.reason)
      else fail()
    })
  }

  #openLane(openLane: OpenLane): void {
    let opened = false
    openLane(this.#url).then(
      (lane) => {
        if (this.#closed) return lane.close()
        this.#inner = lane
        lane.addEventListener('open', () => {
          opened = true
          this.#ways.webSocketsBlocked = true
          this.#opened(lane.polls ? 'poll' : 'stream')
        })
        lane.addEventListener('message', (event) => {
          if (event instanceof MessageEvent) this.#message(event)
        })
        lane.addEventListener('close', (event) => {
          // A server that is away says nothing of the network; one that gave way says all.
          if (!opened || (event instanceof CloseEvent && event.code === gaveWay)) {
            this.#ways.webSocketsBlocked = false
          }
          if (event instanceof CloseEvent) this.#end(event.code, event.reason)
        })
        return undefined
      },
      () => this.#end(1006, ''),
    )
  }

  #opened(by: Ways['by']): void {
    if (this.#closed) return
    this.#ways.by = by
    this.dispatchEvent(new Event('open'))
  }

  #message(event: MessageEvent): void {
    if (!this.#closed) this.dispatchEvent(new MessageEvent('message', { data: event.data }))
  }

  #end(code: number, reason: string): void {
    if (this.#closed) return
    this.#closed = true
    this.#cancel()
    this.#inner?.close()
    this.dispatchEvent(new CloseEvent('close', { code, reason }))
  }
}
