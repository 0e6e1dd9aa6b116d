import { Backoff } from '../Backoff.ts'
import type { Clock } from '../Clock.ts'
import { webSocketAnswers } from '../webSocketAnswers.ts'
import { type Fetch, type Lane, ServerStream } from './ServerStream.ts'
import { gaveWay, type HubWord, type PageWord } from './words.ts'

/** The end of a port that a page talks through; a `MessagePort` is one. */
export interface PagePort {
  postMessage(word: HubWord, transfer?: Transferable[]): void
  addEventListener(type: 'message', listen: (event: MessageEvent<PageWord>) => void): void
  start(): void
  close(): void
}

/** A page that goes on to the next one comes back within this; milliseconds. */
const keptWithoutPages = 5_000
/** A network that held a stream back is not asked to let one through for this long. */
const heldBackFor = 5 * 60_000
/** Who went back to WebSockets and is here again within this has a network that lets them through only at first. */
const flapping = 10 * 60_000
/** WebSockets are tried again up to this often: soon at first, since a server that restarts looks like a network. */
const trials = { base: 8_000, cap: 10 * 60_000 }

interface Seat {
  port: PagePort
  token: string
  lane: Lane | null
}

/**
 * Holds the one stream of a browser for all of its pages. Where there is a SharedWorker it lives in one, so that it ends
 * with no page; otherwise each page has its own. It alone tries whether WebSockets open again.
 */
export class Hub {
  readonly #fetch: Fetch
  readonly #clock: Clock
  readonly #seats = new Set<Seat>()
  readonly #trials: Backoff
  #stream: ServerStream | null = null
  #url = ''
  #heldUntil = 0
  #leftAt = 0
  #cancelTrial: (() => void) | null = null
  #cancelEnd: (() => void) | null = null

  constructor(options: { fetch: Fetch; clock: Clock }) {
    this.#fetch = options.fetch
    this.#clock = options.clock
    this.#trials = new Backoff({ random: () => options.clock.random(), ...trials })
  }

  /** A page has come with a port of its own. */
  connect(port: PagePort): void {
    const seat: Seat = { port, token: '', lane: null }
    port.addEventListener('message', ({ data: word }) => this.#heard(seat, word))
    port.start()
  }

  #heard(seat: Seat, word: PageWord): void {
    switch (word.type) {
      case 'open':
        seat.token = word.token
        this.#url = word.url
        this.#seats.add(seat)
        this.#cancelEnd?.()
        this.#cancelEnd = null
        if (this.#stream === null) this.#open(seat.token)
        else if (this.#stream.established) this.#openLane(seat, this.#stream)
        break
      case 'frame':
        seat.lane?.send(new Uint8Array(word.data))
        break
      case 'pong':
        seat.lane?.pong()
        break
      case 'close':
        seat.lane?.close()
        this.#leave(seat)
        break
    }
  }

  #open(token: string): void {
    const stream: ServerStream = new ServerStream({
      url: this.#url,
      token,
      polls: this.#clock.now() < this.#heldUntil,
      fetch: this.#fetch,
      clock: this.#clock,
      established: () => {
        if (stream.polls) this.#heldUntil = this.#clock.now() + heldBackFor
        for (const seat of this.#seats) this.#openLane(seat, stream)
        if (this.#clock.now() - this.#leftAt > flapping) this.#trials.reset()
        this.#tryLater()
      },
      ended: (how) => {
        if (this.#stream === stream) this.#stream = null
        this.#cancelTrial?.()
        if (how.heldBack && !stream.polls && this.#seats.size > 0) {
          this.#heldUntil = this.#clock.now() + heldBackFor
          this.#open(token)
          return
        }
        // Not even whole answers come: that is no network which holds streams back.
        if (how.heldBack) this.#heldUntil = 0
        for (const seat of [...this.#seats]) this.#tellClosed(seat, how.code, how.reason)
      },
    })
    this.#stream = stream
  }

  #openLane(seat: Seat, stream: ServerStream): void {
    if (seat.lane !== null) return
    seat.lane = stream.openLane({
      opened: () => seat.port.postMessage({ type: 'opened', polls: stream.polls }),
      frame: (data) => {
        const copy = data.slice().buffer
        seat.port.postMessage({ type: 'frame', data: copy }, [copy])
      },
      ping: () => seat.port.postMessage({ type: 'ping' }),
      closed: (code, reason) => this.#tellClosed(seat, code, reason),
    })
  }

  #tellClosed(seat: Seat, code: number, reason: string): void {
    seat.port.postMessage({ type: 'closed', code, reason })
    this.#leave(seat)
  }

  #leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return
    seat.lane = null
    seat.port.close()
    if (this.#seats.size > 0) return
    this.#cancelTrial?.()
    this.#cancelEnd?.()
    this.#cancelEnd = this.#clock.after(keptWithoutPages, () => this.#stream?.end(1000))
  }

  #tryLater(): void {
    this.#cancelTrial?.()
    this.#cancelTrial = this.#clock.after(this.#trials.next(), () => void this.#try())
  }

  async #try(): Promise<void> {
    const stream = this.#stream
    const answers = await webSocketAnswers(this.#url, this.#clock)
    if (stream === null || stream !== this.#stream || this.#seats.size === 0) return
    if (!answers) {
      this.#tryLater()
      return
    }
    this.#leftAt = this.#clock.now()
    stream.end(gaveWay)
  }
}
