import { EditorState, TextSelection } from '@tiptap/pm/state'
import { bodySchema, parseMarkdown } from '@weft/shared/editor'
import { expect, test } from 'vitest'
import { isStructural, mapByDifference, readRelative } from './positions.ts'
import { joinLines } from './selectionRects.ts'

const stateOf = (markdown: string): EditorState =>
  EditorState.create({ doc: parseMarkdown(markdown), schema: bodySchema })
const wordAt = (state: EditorState, word: string): number => {
  let found = -1
  state.doc.descendants((node, pos) => {
    if (found < 0 && node.isText && node.text?.includes(word)) found = pos + node.text.indexOf(word)
  })
  return found
}

test('typing is not structural; splitting, joining and new blocks are', () => {
  const { tr, doc } = stateOf('one two\n\nthree')
  expect(isStructural(stateOf('one').tr.insertText('x', 2))).toBe(false)
  expect(isStructural(stateOf('one').tr.delete(1, 3))).toBe(false)
  expect(isStructural(stateOf('one').tr.split(2))).toBe(true)
  expect(isStructural(stateOf('one\n\ntwo').tr.join(5))).toBe(true)
  expect(isStructural(tr.delete(2, doc.content.size - 2))).toBe(true)
})

test('over an undo, positions before and behind the difference keep their place', () => {
  const split = stateOf('one two three').apply(stateOf('one two three').tr)
  const before = split.apply(split.tr.split(wordAt(split, 'two')))
  const whole = before.tr.replaceWith(0, before.doc.content.size, stateOf('one two three').doc.content)
  const map = mapByDifference(whole)
  const after = before.apply(whole)
  for (const word of ['one', 'three']) expect(map(wordAt(before, word))).toBe(wordAt(after, word))
})

test('over an undo in repeated text, positions stay inside the document', () => {
  const long = stateOf('aaaaaaaa')
  const shorter = long.tr.replaceWith(0, long.doc.content.size, stateOf('aaaa').doc.content)
  const map = mapByDifference(shorter)
  for (let at = 0; at <= long.doc.content.size; at++) {
    expect(map(at)).toBeGreaterThanOrEqual(0)
    expect(map(at)).toBeLessThanOrEqual(shorter.doc.content.size)
  }
  expect(TextSelection.near(shorter.doc.resolve(map(3)))).toBeInstanceOf(TextSelection)
})

test('a relative position that is none is refused', () => {
  for (const json of [
    { item: 5 },
    { item: { client: 'x', clock: 1 } },
    { type: { client: 1 } },
    { tname: {} },
    { item: { client: 2 ** 60, clock: 1 } },
  ]) {
    expect(readRelative(json)).toBeNull()
  }
  expect(readRelative({ item: { client: 1, clock: 2 }, assoc: 0 })).not.toBeNull()
})

test('the rectangles of one line become one, and lines stay apart', () => {
  const rect = (left: number, top: number, width: number, height = 20) => ({ left, top, width, height })
  expect(joinLines([rect(10, 0, 50), rect(60, 2, 20, 16), rect(60, 0, 20), rect(0, 26, 40), rect(5, 5, 0)])).toEqual([
    rect(10, 0, 70),
    rect(0, 26, 40),
  ])
})
