import type { Editor } from '@tiptap/core'
import { randomId, UserId } from '@weft/shared/kit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Editors } from '../editors.ts'
import type { Mentionable } from '../mention/mentionable.ts'
import { insertMention } from '../mention/mentionExtension.ts'
import { behind, openPair, type Pair, put, type } from './testing/pair.ts'

const open: Editors[] = []
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

const cleo = { id: UserId.parse(randomId()), name: 'Cleo', color: '#b4322f', image: null }
const aboutCleo: Mentionable = { person: cleo, status: 'online', here: true, own: false, readsOnly: false }

/** Mentions Cleo at the caret, in the place of the letters before it that are her name's beginning. */
function mention(editor: Editor, begun = ''): void {
  const { head } = editor.state.selection
  insertMention(editor, { from: head - begun.length, to: head }, aboutCleo)
}

/** A line for each block; a mention as `@Cleo`, a break as `/`. */
function lines({ state: { doc } }: Editor): string[] {
  return doc
    .textBetween(0, doc.content.size, '\n', ({ type, attrs }) => (type.name === 'hardBreak' ? '/' : `@${attrs.name}`))
    .split('\n')
}

function mentionsIn({ state: { doc } }: Editor): unknown[] {
  const found: unknown[] = []
  doc.descendants((node) => {
    if (node.type.name === 'mention') found.push(node.attrs)
  })
  return found
}

const changes: readonly [string, string, (editor: Editor) => unknown][] = [
  ['makes a heading of it', 'heading', ({ commands }) => commands.setHeading({ level: 2 })],
  ['makes a list of it', 'bulletList', ({ commands }) => commands.toggleBulletList()],
  ['makes a task of it', 'taskList', ({ commands }) => commands.toggleTaskList()],
  ['quotes it', 'blockquote', ({ commands }) => commands.toggleBlockquote()],
]

for (const [what, kind, change] of changes) {
  test(`[CARET-2] a mention that one makes in the instant in which another person ${what} goes along, with who it is`, () => {
    const { anns, bobs, exchange } = pair('zero\n\nask\n\nseven')
    put(bobs, 'ask')
    type(bobs, ' ')
    exchange()
    mention(bobs)
    const made = mentionsIn(bobs)
    type(bobs, 'so')
    put(anns, 'ask')
    change(anns)
    exchange()
    type(bobs, 'on')
    exchange()
    expect(lines(bobs)).toEqual(['zero', 'ask @Cleo soon', 'seven'])
    expect(mentionsIn(anns)).toEqual(made)
    expect(bobs.state.doc.child(1).type.name).toBe(kind)
  })

  test(`[CARET-2] the same in the middle of a sentence, with a break, when another person ${what}`, () => {
    const { anns, bobs, exchange } = pair('zero\n\none two **three** four\n\nseven')
    put(bobs, 'two ')
    mention(bobs)
    bobs.commands.setHardBreak()
    type(bobs, 'and ')
    put(anns, 'one')
    change(anns)
    exchange()
    type(bobs, 'more ')
    exchange()
    expect(lines(bobs)).toEqual(['zero', 'one two @Cleo /and more three four', 'seven'])
    expect(bobs.getHTML()).toContain('<strong>three</strong> four')
  })

  test(`[CARET-2] the letters whose place a mention took do not come back when another person, who has seen them, ${what}`, () => {
    const { anns, bobs, exchange } = pair('zero\n\nask\n\nseven')
    put(bobs, 'ask')
    type(bobs, ' @c')
    exchange()
    type(bobs, 'l')
    mention(bobs, '@cl')
    put(anns, 'ask')
    change(anns)
    exchange()
    expect(lines(bobs)).toEqual(['zero', 'ask @Cleo ', 'seven'])
  })
}

test('[CARET-2] a mention in a paragraph of its own goes along', () => {
  const { anns, bobs, exchange } = pair('zero\n\none\n\ntwo')
  put(bobs, 'one')
  bobs.commands.splitBlock()
  exchange()
  mention(bobs)
  anns.commands.setTextSelection(behind(anns, 'one') + 2)
  anns.commands.toggleBulletList()
  exchange()
  expect(lines(bobs)).toEqual(['zero', 'one', '@Cleo ', 'two'])
})

test('[CARET-2] a mention goes along with its half of a sentence that is split, and the rest is there once', () => {
  const { anns, bobs, exchange } = pair('one two three four')
  put(bobs, 'three ')
  mention(bobs)
  put(anns, 'one ')
  anns.commands.splitBlock()
  exchange()
  type(bobs, 'and ')
  exchange()
  expect(lines(bobs)).toEqual(['one ', 'two three @Cleo and four'])
})

test('[CARET-2] a mention at the end goes along when its paragraph is joined to the one before', () => {
  const { anns, bobs, exchange } = pair('zero\n\none two')
  put(bobs, 'two')
  type(bobs, ' ')
  mention(bobs)
  put(anns, 'zero')
  anns.commands.joinForward()
  exchange()
  type(bobs, 'too')
  exchange()
  expect(lines(bobs)).toEqual(['zeroone two @Cleo too'])
})

test('[CARET-2] a mention that the other has seen is not written twice, and one that they delete is not written again', () => {
  const { anns, bobs, exchange } = pair('one two three\n\nfour')
  put(bobs, 'two ')
  mention(bobs)
  exchange()
  put(anns, 'one')
  anns.commands.toggleBulletList()
  exchange()
  expect(lines(bobs)).toEqual(['one two @Cleo three', 'four'])
  vi.advanceTimersByTime(60_000)
  anns.commands.setTextSelection({ from: behind(anns, 'one '), to: behind(anns, 'thr') })
  anns.commands.deleteSelection()
  anns.commands.toggleBulletList()
  exchange()
  expect(lines(bobs)).toEqual(['one ee', 'four'])
})

test('[CARET-2] mentions and breaks that were made without a connection go along in their order', () => {
  const { anns, bobs, exchange } = pair('one two', () => false)
  put(bobs, 'two')
  for (let n = 0; n < 3; n++) {
    type(bobs, ` ${n} `)
    mention(bobs)
    bobs.commands.setHardBreak()
  }
  put(anns, 'one')
  anns.commands.setHeading({ level: 1 })
  type(anns, ' and a half')
  exchange()
  expect(lines(bobs)).toEqual(['one and a half two 0 @Cleo / 1 @Cleo / 2 @Cleo /'])
  expect(new Set(mentionsIn(anns).map((attrs) => JSON.stringify(attrs))).size).toBe(3)
})

test('[CARET-1] carets behind a mention and in what follows it stay there as it is carried', () => {
  const { anns, bobs, exchange } = pair('one two three')
  put(bobs, 'two ')
  mention(bobs)
  bobs.commands.setTextSelection(behind(bobs, 'two ') + 1)
  put(anns, 'one')
  anns.commands.setHeading({ level: 2 })
  put(anns, 'thr')
  exchange()
  type(bobs, '|')
  type(anns, '!')
  exchange()
  expect(lines(bobs)).toEqual(['one two @Cleo| thr!ee'])
})

test('[CARET-2] undo takes a carried mention back, and redo brings it again', () => {
  const { anns, bobs, exchange } = pair('one two three')
  put(bobs, 'two ')
  mention(bobs)
  put(anns, 'one')
  anns.commands.setHeading({ level: 2 })
  exchange()
  bobs.commands.undo()
  exchange()
  expect(lines(bobs)).toEqual(['one two three'])
  bobs.commands.redo()
  exchange()
  expect(lines(bobs)).toEqual(['one two @Cleo three'])
  expect(mentionsIn(anns)).toHaveLength(1)
})
