import { expect, test } from 'vitest'
import { FlushPace } from './flushPace.ts'

/** A flush that takes `cost` ms by a clock that it sets forward, and the moments at which it began. */
function paced(cost: number) {
  const began: number[] = []
  const waiting: (() => void)[] = []
  let ahead = 0
  const now = () => performance.now() + ahead
  const flush = () => {
    began.push(now())
    ahead += cost
    waiting.shift()?.()
  }
  return { began, pace: new FlushPace(flush, now), next: () => new Promise<void>((resolve) => waiting.push(resolve)) }
}

test('[LIMIT-4] what changes in one turn of the event loop leaves together, in that turn', async () => {
  const { pace, began, next } = paced(0)
  const first = next()
  pace.schedule()
  pace.schedule()
  expect(began).toEqual([])
  await first
  const second = next()
  pace.schedule()
  await second
  expect(began).toHaveLength(2)
})

test('[LIMIT-4] a flush that costs much begins again when it takes no more than a sixth of the time', async () => {
  const cost = 4
  const { pace, began, next } = paced(cost)
  for (let round = 0; round < 3; round++) {
    const flushed = next()
    pace.schedule()
    await flushed
  }
  const pauses = began.slice(1).map((at, index) => at - (began[index] ?? 0))
  // Timers of Node may come up to a millisecond early; late is the machine's affair.
  expect(Math.min(...pauses)).toBeGreaterThan(6 * cost - 2)
})
