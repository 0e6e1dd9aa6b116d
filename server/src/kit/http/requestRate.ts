import { WeftError } from '@weft/shared/kit'
import type { Clock } from '../clock.ts'

/** Counts requests in windows of a minute. Throws `too-many` above the limit. */
export class RequestRate {
  readonly #limit: number
  readonly #clock: Clock
  #counts = new Map<string, number>()
  #windowEnds = 0

  constructor(limit: number, clock: Clock) {
    this.#limit = limit
    this.#clock = clock
  }

  /** Until the next window, in whole seconds. */
  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.#windowEnds - this.#clock.now()) / 1_000))
  }

  count(who: string): void {
    const now = this.#clock.now()
    if (now >= this.#windowEnds || now < this.#windowEnds - 60_000) {
      this.#counts = new Map()
      this.#windowEnds = now + 60_000
    }
    const count = (this.#counts.get(who) ?? 0) + 1
    this.#counts.set(who, count)
    if (count > this.#limit) throw new WeftError('too-many', 'Too many requests: wait a minute.')
  }
}
