/** Time and chance, as the page has them; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back once after `ms`; returns how to call it off. */
  after(ms: number, run: () => void): () => void
  /** Evenly in [0, 1). */
  random(): number
}

export const pageClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}
