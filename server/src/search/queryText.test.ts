import fc from 'fast-check'
import { expect, test } from 'vitest'
import { termsOf } from './queryText.ts'

const word = (text: string) => ({ text, open: false })
const beginning = (text: string) => ({ text, open: true })

test('each word is to be found, and the last one may be a beginning', () => {
  expect(termsOf('warp weft loo')).toEqual([word('warp'), word('weft'), beginning('loo')])
  expect(termsOf('  warp\n')).toEqual([word('warp')])
  expect(termsOf('e-mail to:ann')).toEqual([word('e-mail'), beginning('to:ann')])
})

test('what stands in quotes is a phrase; one whose quote is still open may go on', () => {
  expect(termsOf('a "blue thread" b')).toEqual([word('a'), word('blue thread'), beginning('b')])
  expect(termsOf('a "blue thread"')).toEqual([word('a'), word('blue thread')])
  expect(termsOf('a "blue thr')).toEqual([word('a'), beginning('blue thr')])
  expect(termsOf('„blauer Faden“ «fil bleu» “blue thread”')).toEqual([
    word('blauer Faden'),
    word('fil bleu'),
    word('blue thread'),
  ])
})

test('what has no letter and no digit asks for nothing', () => {
  for (const query of ['', '   ', '"', '""', '*', '()', '- + ^ :', '🎉', '\0', '" "'])
    expect(termsOf(query)).toEqual([])
})

test('whatever is typed makes a bounded number of bounded terms, each with a letter or digit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (query) => {
      const terms = termsOf(query)
      expect(terms.length).toBeLessThanOrEqual(10)
      expect(terms.filter(({ open }) => open).length).toBeLessThanOrEqual(1)
      for (const { text } of terms) {
        expect(text.length).toBeLessThanOrEqual(100)
        expect(text).not.toContain('"')
      }
    }),
  )
})
