import { parseMarkdown } from '@weft/shared/editor'
import { expect, test } from 'vitest'
import { countsBetween } from './counts.ts'
import { headingsOf } from './headings.ts'

test('the outline has the headings in order, one step in for each level that the text uses', () => {
  const doc = parseMarkdown('## A **b**\n\ntext\n\n#### C\n\n##\n\n> [!NOTE]\n> ## In a callout\n\n#### D')
  expect(headingsOf(doc).map(({ text, depth }) => [text, depth])).toEqual([
    ['A b', 0],
    ['C', 1],
    ['In a callout', 0],
    ['D', 1],
  ])
  expect(headingsOf(doc).map(({ at }) => doc.nodeAt(at)?.type.name)).toEqual(Array(4).fill('heading'))
})

test('words and characters are counted as people count them', () => {
  const counts = (markdown: string) => {
    const doc = parseMarkdown(markdown)
    return countsBetween(doc, 0, doc.content.size)
  }
  expect(counts('It’s a well-known fact, isn’t it? 3.')).toEqual({ words: 7, characters: 36 })
  expect(counts('one\n\ntwo')).toEqual({ words: 2, characters: 6 })
  expect(counts('京都に 行く').words).toBe(5)
  expect(counts('👩‍👩‍👧 é')).toEqual({ words: 1, characters: 3 })
  expect(counts('| a | b |\n| - | - |\n| c | |').words).toBe(3)
})

test('of a selection only what is in it counts', () => {
  const doc = parseMarkdown('one two\n\nthree four')
  expect(countsBetween(doc, 5, 15)).toEqual({ words: 2, characters: 8 })
})
