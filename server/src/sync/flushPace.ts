/**
 * Letting out may take this share of the time: with a thousand readers, a frame for each of them costs more than all
 * the rest, and a few milliseconds more put several changes into it.
 */
const share = 1 / 6
/** The longest that anything waits for it, in ms: twenty pictures a second still move. */
const longest = 50

/** Runs `flush` in the turn of the event loop in which something changed, or as soon as the last ones have been paid. */
export class FlushPace {
  readonly #flush: () => void
  readonly #now: () => number
  #scheduled = false
  /** When the next may begin, in ms. */
  #next = Number.NEGATIVE_INFINITY

  constructor(flush: () => void, now: () => number = () => performance.now()) {
    this.#flush = flush
    this.#now = now
  }

  schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    const wait = this.#next - this.#now()
    if (wait < 1) setImmediate(() => this.#run())
    else setTimeout(() => this.#run(), wait)
  }

  #run(): void {
    this.#scheduled = false
    const start = this.#now()
    this.#flush()
    this.#next = start + Math.min((this.#now() - start) / share, longest)
  }
}
