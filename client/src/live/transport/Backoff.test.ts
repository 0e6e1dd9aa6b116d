import { expect, test } from 'vitest'
import { Backoff } from './Backoff.ts'

test('the ceiling doubles from half a second to half a minute, and starts again after a reset', () => {
  const backoff = new Backoff({ random: () => 1 })
  expect(Array.from({ length: 9 }, () => backoff.next())).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
  ])
  backoff.reset()
  expect(backoff.next()).toBe(500)
})

test('full jitter: the whole span below the ceiling is used', () => {
  const draws = [0, 0.25, 0.5]
  const backoff = new Backoff({ random: () => draws.shift() ?? 0 })
  expect([backoff.next(), backoff.next(), backoff.next()]).toEqual([0, 250, 1_000])
})
