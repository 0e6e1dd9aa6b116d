import { Histogram } from './histogram.ts'

export interface Asked {
  histogram: Histogram
  /** What all questions found together. */
  found: number
  /** Of this process, in ms a question. */
  cpu: number
}

/** Asks one question after the other, `times` times; `first` before that read the pages that the others find in memory. */
export async function measureAsking(ask: () => Promise<number>, times: number, first: number): Promise<Asked> {
  const histogram = new Histogram()
  let found = 0
  for (let n = 0; n < first; n++) await ask()
  const before = process.cpuUsage()
  for (let n = 0; n < times; n++) {
    const start = performance.now()
    found += await ask()
    histogram.record(performance.now() - start)
  }
  const { user, system } = process.cpuUsage(before)
  return { histogram, found, cpu: (user + system) / 1_000 / times }
}
