import { expect, test } from 'vitest'
import { dragged, sizeOf, smallest, stepped } from './resizing.ts'

test('a picture without a size takes its own width, at most that of the text', () => {
  expect(sizeOf(null, 350, 700)).toBe(50)
  expect(sizeOf(null, 3_000, 700)).toBe(100)
  expect(sizeOf(null, null, 700)).toBe(100)
  expect(sizeOf(40, 3_000, 700)).toBe(40)
})

test('keys go to the next step, within bounds', () => {
  expect([stepped(50, 1), stepped(53, 1), stepped(53, -1), stepped(50, -1)]).toEqual([55, 55, 50, 45])
  expect([stepped(100, 1), stepped(smallest, -1), stepped(98, 1)]).toEqual([100, smallest, 100])
})

test('the edge stays under the pointer', () => {
  expect(dragged(50, 70, 700, false)).toBe(60)
  expect(dragged(50, 70, 700, true)).toBe(70)
  expect(dragged(50, -5_000, 700, true)).toBe(smallest)
  expect(dragged(50, 5_000, 700, true)).toBe(100)
})
