import { isId } from '@weft/shared/kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timedId } from './timedId.ts'

test('ids sort by the time that they are made at, and no two of one moment are the same', () => {
  const time = fc.integer({ min: 0, max: 200_000_000_000_000 })
  fc.assert(
    fc.property(time, time, (one, other) => {
      const [first, second] = [timedId(Math.min(one, other)), timedId(Math.max(one, other))]
      expect([isId(first), first.length]).toEqual([true, 21])
      if (one !== other) expect(first < second).toBe(true)
    }),
  )
  expect(new Set(Array.from({ length: 1_000 }, () => timedId(1_900_000_000_000))).size).toBe(1_000)
})
