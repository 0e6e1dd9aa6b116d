import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'

/** How often the clock is looked at, in ms: what is due is at most so late. */
const every = 500
/** The tables are looked at so often all the same, in ms: a clock may be set, and another process may have written. */
const longest = 60_000
/** After a failure, the next try; in ms. */
const patience = 5_000

interface Options {
  what: string
  clock: Clock
  log: Log
  /** When the next thing is due, read from the tables: null is never. */
  next(): Promise<number | null>
  /** Does what is due. */
  run(): Promise<void>
}

/**
 * Does things at their time, which stands in a table: so it survives a restart, and costs nothing but a look at the
 * clock while nothing is due.
 */
export class DueTimer {
  readonly #options: Options
  #timer: NodeJS.Timeout | undefined
  /** Negative infinity: not known, so look. */
  #due = Number.NEGATIVE_INFINITY
  #running: Promise<void> | null = null
  #stopped = false

  constructor(options: Options) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), every)
    this.#timer.unref()
    this.#look()
  }

  /** The tables have changed: what is next may be sooner. */
  wake(): void {
    this.#due = Number.NEGATIVE_INFINITY
    // With the turn's other changes.
    setImmediate(() => this.#look())
  }

  /** Resolves when all is done that is due now. */
  async settle(): Promise<void> {
    await this.#running
    this.#due = Number.NEGATIVE_INFINITY
    this.#look()
    await this.#running
  }

  /** What runs should come to an end. */
  get isStopped(): boolean {
    return this.#stopped
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
  }

  #look(): void {
    if (this.#stopped || this.#running !== null || this.#options.clock.now() < this.#due) return
    this.#running = this.#work().finally(() => {
      this.#running = null
    })
  }

  async #work(): Promise<void> {
    const { clock, log, what, next, run } = this.#options
    try {
      for (;;) {
        // Whoever wakes it from here on has it look again.
        this.#due = Number.POSITIVE_INFINITY
        const due = await next()
        if (due !== null && due <= clock.now()) await run()
        else {
          this.#due = Math.min(this.#due, due ?? Number.POSITIVE_INFINITY, clock.now() + longest)
          return
        }
        if (this.#stopped) return
      }
    } catch (error) {
      log.warn({ err: error, what }, 'what is due could not be done')
      this.#due = clock.now() + patience
    }
  }
}
