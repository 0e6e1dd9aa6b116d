import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomId, UserId } from '../kit/index.ts'
import { firstColor, freeColor, personColor, personColors } from './colors.ts'

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test('initials in white can be read on every colour', () => {
  expect(personColors.filter((color) => 1.05 / (luminance(color) + 0.05) < 4.5)).toEqual([])
})

test('a person has the colour of their id until another one was chosen for them', () => {
  const id = UserId.parse(randomId())
  expect(personColor(id)).toBe(personColors[firstColor(id)])
  expect(personColor(id, 3)).toBe(personColors[3])
  // Of a version with more colours.
  expect(personColors).toContain(personColor(id, 99))
})

test('as many people as there are colours, one after the other, all get different ones', () => {
  const own = fc.nat({ max: personColors.length - 1 })
  fc.assert(
    fc.property(fc.array(own, { minLength: personColors.length, maxLength: personColors.length }), (wanted) => {
      const taken = new Set<number>()
      for (const color of wanted) {
        const got = freeColor(color, taken)
        if (got === null || taken.has(got)) return false
        if (!taken.has(color) && got !== color) return false
        taken.add(got)
      }
      return taken.size === personColors.length && freeColor(0, taken) === null
    }),
  )
})
