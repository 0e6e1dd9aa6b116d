import { expect, it } from 'vitest'
import { sinceWhen } from './sinceWhen.ts'

const now = Date.UTC(2026, 10, 21, 12)
it.each([
  [0, 'now'],
  [5 * 60_000, '5 minutes ago'],
  [3 * 3_600_000, '3 hours ago'],
  [30 * 3_600_000, 'yesterday'],
  [20 * 86_400_000, 'Nov 1, 2026'],
  [-60_000, 'now'],
])('%d ms before now is %j', (ago, words) => expect(sinceWhen(now - ago, now, 'en')).toBe(words))
