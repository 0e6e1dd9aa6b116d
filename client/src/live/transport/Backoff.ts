/** How long to wait before the next attempt: exponential with full jitter, so that many pages do not come back as one. */
export class Backoff {
  readonly #random: () => number
  readonly #base: number
  readonly #cap: number
  #attempt = 0

  /** `base` and `cap` in ms; half a second to half a minute unless told. */
  constructor(options: { random: () => number; base?: number; cap?: number }) {
    this.#random = options.random
    this.#base = options.base ?? 500
    this.#cap = options.cap ?? 30_000
  }

  /** The next delay in ms: evenly from 0 up to a ceiling that doubles with every call. */
  next(): number {
    const ceiling = Math.min(this.#cap, this.#base * 2 ** this.#attempt)
    if (ceiling < this.#cap) this.#attempt++
    return this.#random() * ceiling
  }

  reset(): void {
    this.#attempt = 0
  }
}
