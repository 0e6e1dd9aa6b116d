/** One step of a histogram, in ms; what percentiles are exact to. */
const step = 0.01
/** The longest latency told apart, in ms; anything longer counts as this. */
const longest = 10_000

/** Latencies in ms, counted in steps of 10 µs, so that a million of them cost no memory of their own. */
export class Histogram {
  readonly #counts = new Uint32Array(longest / step + 1)
  #count = 0
  #max = 0

  record(ms: number, times = 1): void {
    const index = Math.min(this.#counts.length - 1, Math.max(0, Math.round(ms / step)))
    this.#counts[index] = (this.#counts[index] ?? 0) + times
    this.#count += times
    if (ms > this.#max) this.#max = ms
  }

  get count(): number {
    return this.#count
  }

  get max(): number {
    return this.#max
  }

  /** The latency in ms that `share` (0 to 1) of all stay at or below; NaN when nothing was recorded. */
  percentile(share: number): number {
    if (this.#count === 0) return Number.NaN
    const wanted = Math.max(1, Math.ceil(this.#count * share))
    let seen = 0
    for (let index = 0; index < this.#counts.length; index++) {
      seen += this.#counts[index] ?? 0
      if (seen >= wanted) return index * step
    }
    return longest
  }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
