import type { Editor } from '@tiptap/core'
import { afterEach, expect, test } from 'vitest'
import { openPair, type Pair, put, type } from '../rewritten/testing/pair.ts'
import { find, replaceActive, replaceAll, step } from './finding.ts'
import { activeHit, hitsOf } from './findPlugin.ts'

Element.prototype.scrollIntoView ??= () => {}

const pairs: Pair[] = []
afterEach(() => {
  for (const { all } of pairs.splice(0)) for (const editors of all) editors.destroy()
})

function open(markdown: string): Pair {
  const pair = openPair(markdown)
  pairs.push(pair)
  return pair
}

const loom = { query: 'loom', caseSensitive: false, wholeWord: false }
const words = ({ state }: Editor): string[] => hitsOf(state).map(({ from, to }) => state.doc.textBetween(from, to))
const active = ({ state }: Editor): number => hitsOf(state).findIndex(({ from }) => from === activeHit(state)?.from)

/** What looking through the whole text anew would find. */
function expectExact(editor: Editor): void {
  const followed = hitsOf(editor.state)
  find(editor, { ...loom })
  expect(followed).toEqual(hitsOf(editor.state))
}

test('hits follow one’s own typing, splits, deletions and undo as if the whole text were looked through', () => {
  const { anns } = open('A loom here.\n\n- lo\n- two looms\n\nand loom')
  find(anns, loom)
  expect(words(anns)).toEqual(['loom', 'loom', 'loom'])
  put(anns, 'lo')
  type(anns, 'om')
  expectExact(anns)
  put(anns, 'two lo')
  anns.commands.splitBlock()
  expectExact(anns)
  anns.commands.joinBackward()
  expectExact(anns)
  anns.commands.setContent('<p>loom loom</p><p>none</p>')
  expectExact(anns)
  expect(words(anns)).toEqual(['loom', 'loom'])
})

test('hits follow what another writes, and the active one stays where it is', () => {
  const { anns, bobs, exchange } = open('A loom here.\n\nAnother loom there.\n\nThe loom.')
  find(anns, loom)
  step(anns, 1)
  expect(active(anns)).toBe(1)
  put(bobs, 'A')
  type(bobs, ' loom and a')
  exchange()
  expect(words(anns)).toHaveLength(4)
  expect(active(anns)).toBe(2)
  expectExact(anns)
})

test('one hit is replaced with its marks, and all of them in one step for the history', () => {
  const pair = open('A **loom** here.\n\nAnother loom there. Loom.')
  const { anns, bobs, exchange } = pair
  find(anns, loom)
  replaceActive(anns, 'frame')
  expect(anns.getHTML()).toContain('<strong>frame</strong>')
  expect(words(anns)).toHaveLength(2)
  expect(active(anns)).toBe(0)
  put(bobs, 'there')
  type(bobs, ' now')
  exchange()
  expect(replaceAll(anns, '')).toBe(2)
  expect(anns.state.doc.textContent).toBe('A frame here.Another  there now. .')
  pair.all[0]?.undoManager.undo()
  expect(anns.state.doc.textContent).toBe('A frame here.Another loom there now. Loom.')
  pair.all[0]?.undoManager.undo()
  expect(anns.state.doc.textContent).toBe('A loom here.Another loom there now. Loom.')
})
