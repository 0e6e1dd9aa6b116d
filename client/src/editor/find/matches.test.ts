import { parseMarkdown } from '@weft/shared/editor'
import { expect, test } from 'vitest'
import { type FindOptions, hitsWithin, mostHits, patternOf, textblocksBetween } from './matches.ts'

function found(markdown: string, query: string, options: Partial<FindOptions> = {}): string[] {
  const doc = parseMarkdown(markdown)
  const pattern = patternOf({ query, caseSensitive: false, wholeWord: false, ...options })
  if (pattern === null) return []
  return hitsWithin(textblocksBetween(doc, 0, doc.content.size), pattern).map(({ from, to }) =>
    doc.textBetween(from, to),
  )
}

test('a text is found in every kind of block, over marks, whatever its case', () => {
  const markdown = '# Loom\n\nthe l**oo**m\n\n- LOOM\n\n```\nloom\n```\n\n| loom |\n| --- |\n| x |'
  expect(found(markdown, 'loom')).toEqual(['Loom', 'loom', 'LOOM', 'loom', 'loom'])
  expect(found(markdown, 'loom', { caseSensitive: true })).toEqual(['loom', 'loom', 'loom'])
})

test('a whole word is one in any script, and signs of patterns are only signs', () => {
  expect(found('loom looms heirloom (loom) loom2 Überloom', 'loom', { wholeWord: true })).toEqual(['loom', 'loom'])
  expect(found('über überall', 'ÜBER', { wholeWord: true })).toEqual(['über'])
  expect(found('a.c abc a-c [x] {y} 50$', 'a.c')).toEqual(['a.c'])
  for (const sign of ['a-c', '[x]', '{y}', '50$', '\\', '(', '*', '^|'])
    expect(found(`a-c [x] {y} 50$ \\\\ ( \\* ^|`, sign), sign).toEqual([sign])
})

test('a hit is within one block, and does not reach over what is no text', () => {
  expect(found('one\n\ntwo', 'onetwo')).toEqual([])
  expect(found('one\\\ntwo', 'one two')).toEqual([])
  expect(found('one\u00a0two', 'one two')).toHaveLength(1)
})

test('nothing finds nothing, and there is an end', () => {
  expect(patternOf({ query: '', caseSensitive: false, wholeWord: true })).toBeNull()
  expect(found('a'.repeat(mostHits + 10), 'a')).toHaveLength(mostHits)
})
