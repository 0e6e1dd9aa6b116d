import fc from 'fast-check'
import { expect, test } from 'vitest'
import { positionBetween } from './position.ts'

test('one fits between any two, however often, and before and behind all of them', () => {
  const serverPosition = fc.stringMatching(/^[A-Za-z][0-9A-Za-z]{1,4}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(serverPosition, { maxLength: 5 }),
      fc.array(fc.nat(), { maxLength: 40 }),
      (given, places) => {
        const list = given.toSorted((a, b) => (a < b ? -1 : 1))
        for (const place of places) {
          const at = place % (list.length + 1)
          list.splice(at, 0, positionBetween(list[at - 1] ?? null, list[at] ?? null))
        }
        for (const [at, position] of list.entries()) if (at > 0) expect((list[at - 1] ?? '') < position).toBe(true)
      },
    ),
  )
})
