import type { Editor } from '@tiptap/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Editors } from '../editors.ts'
import { behind, openPair, type Pair, put, type } from './testing/pair.ts'

const open: Editors[] = []
// How long ago something was typed is the test's business, not the machine's.
beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => {
  vi.useRealTimers()
  for (const editors of open.splice(0)) editors.destroy()
})

function pair(markdown: string, saved?: () => boolean): Pair {
  const opened = openPair(markdown, saved)
  open.push(...opened.all)
  return opened
}

const changes: readonly [string, string, (editor: Editor) => unknown][] = [
  ['makes a heading of it', 'heading', ({ commands }) => commands.setHeading({ level: 2 })],
  ['makes a list of it', 'bulletList', ({ commands }) => commands.toggleBulletList()],
  ['makes a task of it', 'taskList', ({ commands }) => commands.toggleTaskList()],
  ['quotes it', 'blockquote', ({ commands }) => commands.toggleBlockquote()],
]

for (const [what, kind, change] of changes) {
  test(`[CARET-2] what one types in the instant in which another person ${what} stays in its sentence`, () => {
    const { anns, bobs, exchange } = pair('zero\n\none two three four six\n\nseven')
    put(bobs, 'four')
    type(bobs, ' FI')
    put(anns, 'one')
    change(anns)
    exchange()
    type(bobs, 'VE')
    expect(exchange()).toEqual(['zero', 'one two three four FIVE six', 'seven'])
    expect(bobs.state.doc.child(1).type.name).toBe(kind)
  })
}

test('[CARET-2] what one types in the instant in which another person splits the sentence stays in its half', () => {
  const { anns, bobs, exchange } = pair('one two three five')
  put(bobs, 'three')
  type(bobs, ' fo')
  put(anns, 'one ')
  anns.commands.splitBlock()
  exchange()
  type(bobs, 'ur')
  expect(exchange()).toEqual(['one ', 'two three four five'])
})

test('[CARET-2] the same at the end of the paragraph, when the other has seen a part of the word', () => {
  const { anns, bobs, exchange } = pair('one two three')
  put(bobs, 'three')
  type(bobs, ' fo')
  exchange()
  type(bobs, 'ur')
  put(anns, 'one ')
  anns.commands.splitBlock()
  exchange()
  type(bobs, ' five')
  expect(exchange()).toEqual(['one ', 'two three four five'])
})

test('[CARET-2] what one types in the instant in which another person joins two paragraphs goes along', () => {
  const { anns, bobs, exchange } = pair('zero\n\none two three')
  put(bobs, 'two')
  type(bobs, 'fo')
  put(anns, 'zero')
  anns.commands.joinForward()
  exchange()
  type(bobs, 'ld')
  expect(exchange()).toEqual(['zeroone twofold three'])
})

test('[CARET-2] a long text that was written without a connection goes along when its paragraph was made a list', () => {
  const { anns, bobs, exchange } = pair('one two three', () => false)
  put(bobs, 'two')
  const long = ' and so on'.repeat(30)
  type(bobs, long)
  put(anns, 'one')
  anns.commands.toggleBulletList()
  anns.commands.sinkListItem('listItem')
  type(anns, ' or more')
  expect(exchange()).toEqual([`one or more two${long} three`])
  expect(bobs.state.doc.firstChild?.type.name).toBe('bulletList')
})

test('[CARET-2] what was stored long ago and the other deletes is not written again, whatever stands around it', () => {
  const { anns, bobs, exchange } = pair('one two three')
  put(bobs, 'two')
  type(bobs, ' and a half')
  exchange()
  vi.advanceTimersByTime(60_000)
  anns.commands.setTextSelection({ from: behind(anns, 'two'), to: behind(anns, 'two and a half') })
  anns.commands.deleteSelection()
  anns.commands.setTextSelection(1)
  anns.commands.toggleBulletList()
  expect(exchange()).toEqual(['one two three'])
})

test('[CARET-2] what the other has seen is not written twice', () => {
  const { anns, bobs, exchange } = pair('one two three')
  put(bobs, 'two')
  type(bobs, 'fold')
  exchange()
  put(anns, 'one ')
  anns.commands.splitBlock()
  expect(exchange()).toEqual(['one ', 'twofold three'])
  anns.commands.joinBackward()
  expect(exchange()).toEqual(['one twofold three'])
})

test('[CARET-2] what the other has seen and deletes is not written again', () => {
  const { anns, bobs, exchange } = pair('one two three\n\nfour five six')
  put(bobs, 'two')
  type(bobs, 'fold')
  put(bobs, 'four')
  type(bobs, 'teen')
  exchange()
  anns.commands.setTextSelection({ from: behind(anns, 'one'), to: behind(anns, 'fourteen') })
  anns.commands.deleteSelection()
  expect(exchange()).toEqual(['one five six'])
})

test('[CARET-2] what one types into the half that another person then makes undone goes back with it', () => {
  const { anns, bobs, exchange } = pair('one two')
  put(bobs, 'two')
  put(anns, 'one ')
  anns.commands.splitBlock()
  exchange()
  type(bobs, ' three')
  exchange()
  type(bobs, ' fo')
  anns.commands.undo()
  exchange()
  type(bobs, 'ur')
  expect(exchange()[0]).toBe('one two three four')
})

test('[CARET-2] undo takes back what was carried, with what was typed before it; redo brings it back', () => {
  const { anns, bobs, exchange } = pair('one two three')
  put(bobs, 'two')
  type(bobs, 'fo')
  put(anns, 'one ')
  anns.commands.splitBlock()
  exchange()
  type(bobs, 'ld')
  expect(exchange()).toEqual(['one ', 'twofold three'])
  bobs.commands.undo()
  expect(exchange()).toEqual(['one ', 'two three'])
  bobs.commands.redo()
  expect(exchange()).toEqual(['one ', 'twofold three'])
})

test('[CARET-1] in repeated text a caret stays in its own block', () => {
  const { anns, bobs, exchange } = pair('same\n\nsame\n\nsame')
  const second = 'same'.length + 2
  bobs.commands.setTextSelection(second + 3)
  anns.commands.setTextSelection(2)
  type(anns, '!')
  exchange()
  type(bobs, '-')
  expect(exchange()).toEqual(['s!ame', 'sa-me', 'same'])
  anns.commands.selectAll()
  anns.commands.toggleBulletList()
  exchange()
  type(bobs, '-')
  expect(exchange()).toEqual(['s!ame', 'sa--me', 'same'])
})

test('[CARET-1] a caret whose text is deleted stays beside what stood around it', () => {
  const { anns, bobs, exchange } = pair('one two three\n\nfour')
  put(bobs, 'two')
  anns.commands.setTextSelection({ from: behind(anns, 'one'), to: behind(anns, 'thr') })
  anns.commands.deleteSelection()
  exchange()
  type(bobs, '|')
  expect(exchange()).toEqual(['one|ee', 'four'])
})

test('[CARET-1] undo puts the caret back to where it was, in text that another person has written anew meanwhile', () => {
  const { anns, bobs, exchange } = pair('one two three\n\nfour')
  put(bobs, 'two')
  bobs.commands.insertContentAt(behind(bobs, 'four'), ' five', { updateSelection: false })
  expect(bobs.state.selection.head).toBe(behind(bobs, 'two'))
  exchange()
  put(anns, 'one ')
  anns.commands.splitBlock()
  exchange()
  bobs.commands.setTextSelection(1)
  bobs.commands.undo()
  type(bobs, '|')
  expect(exchange()).toEqual(['one ', 'two| three', 'four'])
})
