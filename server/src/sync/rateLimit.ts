/** A token bucket: `perSecond` refills, at most `burst` wait to be used. */
export class RateLimit {
  readonly #perSecond: number
  readonly #burst: number
  #left: number
  #at: number

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#left = burst
    this.#at = now
  }

  /** Takes `amount`; false when the bucket does not hold it (nothing is taken then). `now` in milliseconds. */
  take(amount: number, now: number): boolean {
    // A clock that was set back must not empty the bucket.
    const passed = Math.max(0, now - this.#at)
    this.#at = now
    this.#left = Math.min(this.#burst, this.#left + (passed / 1000) * this.#perSecond)
    if (this.#left < amount) return false
    this.#left -= amount
    return true
  }
}
