import type { Editor } from '@tiptap/core'
import { markdownOf } from '@weft/shared/editor'
import { afterEach, describe, expect, test } from 'vitest'
import { behind, openPair, type Pair, put, type } from '../rewritten/testing/pair.ts'
import { type Block, blockAt } from './block.ts'
import { duplicate, moveBy, moveTo, remove } from './changes.ts'

const pairs: Pair[] = []
afterEach(() => {
  for (const { all } of pairs.splice(0)) for (const editors of all) editors.destroy()
})

function open(markdown: string): Pair {
  const pair = openPair(markdown)
  pairs.push(pair)
  return pair
}

const text = ({ state }: Editor): string => markdownOf(state.doc)

/** The block around some words. */
function around(editor: Editor, words: string): Block {
  const block = blockAt(editor.state.doc.resolve(behind(editor, words)))
  if (block === null) throw new Error('no block there')
  return block
}

function move(editor: Editor, words: string, direction: -1 | 1): boolean {
  put(editor, words)
  const tr = moveBy(editor.state, direction)
  if (tr) editor.view.dispatch(tr)
  return tr !== null
}

function drop(editor: Editor, words: string, where: 'before' | 'behind', other: string): boolean {
  const target = around(editor, other)
  const tr = moveTo(editor.state, around(editor, words), where === 'before' ? target.from : target.to)
  if (tr) editor.view.dispatch(tr)
  return tr !== null
}

describe('by one', () => {
  test('a block of the document, an item of its list and a block of a callout change places with the next', () => {
    const { anns } = open('one\n\n- a\n- b\n\n> [!TIP]\n> x\n>\n> y')
    expect(move(anns, 'one', 1)).toBe(true)
    expect(move(anns, 'b', -1)).toBe(true)
    expect(move(anns, 'y', -1)).toBe(true)
    expect(text(anns)).toBe('- b\n- a\n\none\n\n> [!TIP]\n> y\n>\n> x\n')
    // The caret has gone along.
    expect(anns.state.selection.$from.parent.textContent).toBe('y')
  })

  test('at the edge nothing moves, nor over the line of details', () => {
    const { anns } = open('- a\n- b\n\n<details>\n<summary>s</summary>\n\nx\n\n</details>')
    expect(move(anns, 'a', -1)).toBe(false)
    expect(move(anns, 'b', 1)).toBe(false)
    expect(move(anns, 'x', -1)).toBe(false)
    expect(move(anns, 's', -1)).toBe(true)
    expect(text(anns)).toBe('<details>\n<summary>s</summary>\n\nx\n\n</details>\n\n- a\n- b\n')
  })

  test('a table and a quote move as they are', () => {
    const { anns } = open('| a |\n| - |\n| cell |\n\n> quote\n>\n> more\n\nend')
    move(anns, 'more', 1)
    move(anns, 'cell', 1)
    expect(text(anns)).toBe('end\n\n| a |\n| --- |\n| cell |\n\n> quote\n>\n> more\n')
  })
})

describe('by dragging', () => {
  test('a block goes where it is dropped; an item becomes one of the other list, or a list of its own', () => {
    const { anns } = open('one\n\ntwo\n\n- a\n- b\n\n1. first')
    expect(drop(anns, 'one', 'behind', 'two')).toBe(true)
    expect(drop(anns, 'a', 'before', 'first')).toBe(true)
    expect(drop(anns, 'b', 'before', 'two')).toBe(true)
    expect(text(anns)).toBe('- b\n\ntwo\n\none\n\n1. a\n2. first\n')
  })

  test('it stays where it already is, and out of itself', () => {
    const { anns } = open('one\n\n> [!NOTE]\n> in')
    expect(drop(anns, 'one', 'before', 'one')).toBe(false)
    expect(drop(anns, 'one', 'behind', 'one')).toBe(false)
    expect(drop(anns, 'one', 'behind', 'in')).toBe(true)
    expect(text(anns)).toBe('> [!NOTE]\n> in\n>\n> one\n')
  })
})

test('a block is doubled, and taken away with the list that it was the last of', () => {
  const { anns } = open('one\n\n- a')
  anns.view.dispatch(duplicate(anns.state, around(anns, 'one')))
  expect(text(anns)).toBe('one\n\none\n\n- a\n')
  anns.view.dispatch(remove(anns.state, around(anns, 'a')))
  anns.view.dispatch(remove(anns.state, around(anns, 'one')))
  anns.view.dispatch(remove(anns.state, around(anns, 'one')))
  expect(anns.state.doc.toJSON()).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] })
})

test('[CARET-2] what another types into a block goes with it when it is moved in the same instant', () => {
  const { anns, bobs, exchange } = open('The first line.\n\nThe second line.\n\nA third.')
  put(bobs, 'first')
  type(bobs, ' and best')
  move(anns, 'first', 1)
  expect(exchange()).toEqual(['The second line.', 'The first and best line.', 'A third.'])
})

test('[CARET-2] and what they type into the block that it changes places with', () => {
  const { anns, bobs, exchange } = open('The first line.\n\nThe second line.\n\nA third.')
  put(bobs, 'second')
  type(bobs, ' and better')
  move(anns, 'first', 1)
  expect(exchange()).toEqual(['The second and better line.', 'The first line.', 'A third.'])
})

test('[CARET-2] a block that is dragged far away takes along what another types into it', () => {
  const { anns, bobs, exchange } = open('The first line.\n\nThe second line.\n\nA third.\n\nThe last one.')
  put(bobs, 'first')
  type(bobs, ' and best')
  drop(anns, 'first', 'behind', 'last')
  expect(exchange()).toEqual(['The second line.', 'A third.', 'The last one.', 'The first and best line.'])
})

test('a block that both move at once is not lost, nor what stands around it', () => {
  const { anns, bobs, exchange } = open('The first line.\n\nThe second line.\n\nA third.')
  drop(anns, 'first', 'behind', 'third')
  drop(bobs, 'first', 'behind', 'second')
  const lines = exchange().filter((line) => line !== '')
  for (const line of ['The first line.', 'The second line.', 'A third.']) expect(lines).toContain(line)
})
