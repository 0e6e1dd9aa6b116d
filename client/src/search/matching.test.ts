import { expect, test } from 'vitest'
import { Matcher, matching } from './matching.ts'

test('words in any order, beginnings, without case and accents; all of them must be there', () => {
  expect(new Matcher('wär LEIN').marks('Leinen und Wärme')).toEqual([
    [0, 6],
    [11, 16],
  ])
  expect(new Matcher('warme').marks('Leinen und Wärme')).toEqual([[11, 16]])
  expect(new Matcher('einen').marks('Leinen')).toBeNull()
  expect(new Matcher('leinen seide').marks('Leinen')).toBeNull()
  expect(new Matcher('織').marks('織機の話')).toEqual([[0, 4]])
})

test('signs alone find nothing, and are no error', () => {
  for (const query of ['', '  ', '"', '(*', '\\', '👩‍🌾']) expect(new Matcher(query).marks('any text')).toBeNull()
})

test('marks are in the characters of the text, also where folding changes their number', () => {
  const text = 'İstanbul, e\u0301cole'
  const [mark] = new Matcher('ecole').marks(text) ?? []
  expect(text.slice(...(mark ?? [0, 0]))).toBe('e\u0301cole')
})

test('what begins with the query comes first, else the order stays', () => {
  const titles = ['A plan', 'Plan A', 'Our plan', 'Plan B']
  expect(matching('pl', titles, (title) => title, 3).map(({ item }) => item)).toEqual(['Plan A', 'Plan B', 'A plan'])
})
