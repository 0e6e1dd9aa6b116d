import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type Selection, TextSelection } from '@tiptap/pm/state'
import { applyMarkdown } from '@weft/shared/editor'
import { fields, seedUpdate } from '@weft/shared/text'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { absoluteOf, relativeOf } from '../carets/positions.ts'
import type { Editors } from '../editors.ts'
import { openEditors } from '../testing/open.ts'

const open: Editors[] = []
// How long ago something was typed is the test's business, not the machine's.
beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => {
  vi.useRealTimers()
  for (const editors of open.splice(0)) editors.destroy()
})

const shape = `wwww wwwww

- www
  - ww

  www
- wwww

1. www
2. ww

- [ ] www
- [x] ww

> ww
>
> ww

## wwwww

| w | w |
| --- | --- |
| ww | w |

wwww\\
www
`

/** The shape, with no letter twice: where a caret stands is told by its two neighbours alone. */
function letters(): string {
  let next = 0x4e00
  return shape.replace(/w/g, () => String.fromCharCode(next++))
}

const edits: readonly ((editor: Editor) => unknown)[] = [
  ({ commands }) => commands.splitListItem('listItem') || commands.splitListItem('taskItem') || commands.splitBlock(),
  ({ commands }) => commands.splitBlock(),
  ({ commands }) => commands.joinBackward(),
  ({ commands }) => commands.joinForward(),
  ({ commands }) => commands.sinkListItem('listItem') || commands.sinkListItem('taskItem'),
  ({ commands }) => commands.liftListItem('listItem') || commands.liftListItem('taskItem'),
  ({ commands }) => commands.toggleBulletList(),
  ({ commands }) => commands.toggleOrderedList(),
  ({ commands }) => commands.toggleTaskList(),
  ({ commands }) => commands.toggleBlockquote(),
  ({ commands }) => commands.toggleCodeBlock(),
  ({ commands }) => commands.setHeading({ level: 3 }),
  ({ commands }) => commands.setParagraph(),
  ({ commands }) => commands.toggleBold(),
  ({ commands }) => commands.setHardBreak(),
  ({ commands }) => commands.deleteSelection(),
  ({ commands }) => commands.insertContent('x'),
  ({ commands }) => commands.addColumnBefore(),
  ({ commands }) => commands.deleteRow(),
]

interface Beside {
  left: string
  right: string
  /** The text of the block, and of it what stands before. */
  block: string
  start: string
}

/** The letters beside each place for a caret; an edge of a block is no letter. */
function neighboursIn(doc: Node): Map<number, Beside> {
  const found = new Map<number, Beside>()
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true
    const block = node.textBetween(0, node.content.size, '', '\n')
    for (let i = 0; i <= block.length; i++)
      found.set(at + 1 + i, { left: block.charAt(i - 1), right: block.charAt(i), block, start: block.slice(0, i) })
    return false
  })
  return found
}

const isLetter = (char: string): boolean => char >= '\u4e00' && char <= '\u9fff'

/** Whether a caret that stood between two letters stands where they are now. */
function isKept(before: Beside, now: Beside | undefined, text: string) {
  const left = isLetter(before.left) && text.includes(before.left)
  const right = isLetter(before.right) && text.includes(before.right)
  if (!left && !right) return true
  const besideLeft = now?.left === before.left
  const besideRight = now?.right === before.right
  if (left && right && text.includes(before.left + before.right)) return besideLeft && besideRight
  if ((left && besideLeft) || (right && besideRight)) return true
  // What is written at the edge of a block, right where the caret is, may come to stand on either side of it.
  const stillFirst = before.left === '' && now?.left === '' && now.block.includes(before.right)
  const stillBroken = !isLetter(before.left) && now?.start === before.start
  const stillLast = before.right === '' && now?.right === '' && now.block.includes(before.left)
  return stillFirst || stillBroken || stillLast
}

function pair(): { alice: Y.Doc; bob: Y.Doc } {
  const alice = new Y.Doc()
  alice.clientID = 1
  Y.applyUpdate(alice, seedUpdate('rich'))
  applyMarkdown(alice, letters(), { title: 'Places' })
  const bob = new Y.Doc()
  bob.clientID = 2
  Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice), 'remote')
  return { alice, bob }
}

function select(editor: Editor, from: number, to: number): void {
  const { doc, tr } = editor.state
  const at = (place: number): number => place % doc.content.size
  editor.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(at(from)), doc.resolve(at(to)))))
}

function reachesTable({ empty, $from, $to }: Selection): boolean {
  return !empty && [$from, $to].some(($at) => $at.node(1).type.name === 'table')
}

function tryEdit(editor: Editor, edit: (editor: Editor) => unknown): void {
  try {
    edit(editor)
  } catch (error) {
    // Tiptap's split of a selection over several items throws, and has then done nothing.
    if (!(error instanceof Error) || error.name !== 'TransformError') throw error
  }
}

/** Each with a few runs of its own: a starved machine takes seconds for one. */
const seeds = [1, 2, 3]

const place = fc.nat(400)
const change = fc.record({
  edit: fc.constantFrom(...edits),
  from: place,
  length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(12)),
})

test.each(seeds)(
  '[CARET-1] a caret stays between the same letters when another person splits, joins, wraps or turns what it is in (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 2 }),
        place,
        place,
        fc.boolean(),
        (changes, anchor, head, undo) => {
          const { alice, bob } = pair()
          const [anns, bobs] = [openEditors(alice), openEditors(bob)]
          open.push(anns, bobs)
          const field = bob.getXmlFragment(fields.body)
          select(bobs.body, anchor, head)

          for (const round of undo ? [...changes, null] : changes) {
            const before = bobs.body.state
            const stood = neighboursIn(before.doc)
            const carets = Array.from(stood, ([at, beside]) => ({ at, beside, position: relativeOf(before, at) }))
            const stop = bobs.rewrites.addFollower(field, (follow) => {
              for (const caret of carets) caret.position = caret.position && follow(caret.position)
            })
            if (round === null) anns.body.commands.undo()
            else {
              select(anns.body, round.from, round.from + round.length)
              tryEdit(anns.body, round.edit)
            }
            Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice, Y.encodeStateVector(bob)), 'remote')
            stop()

            const after = bobs.body.state
            const stands = neighboursIn(after.doc)
            const text = after.doc.textBetween(0, after.doc.content.size, '|', '\n')
            for (const { at, beside, position } of carets) {
              const now = position && absoluteOf(after, position)
              const beside2 = stands.get(now ?? -1)
              if (!isKept(beside, beside2, text)) expect({ at, now, ...beside2 }).toEqual({ at, now, ...beside })
            }
            // A selection that ends in an empty cell is made another one by prosemirror-tables.
            const ends = reachesTable(before.selection) ? [] : (['anchor', 'head'] as const)
            for (const end of ends) {
              const beside = stood.get(before.selection[end])
              if (beside && !isKept(beside, stands.get(after.selection[end]), text))
                expect(stands.get(after.selection[end])).toEqual(beside)
            }
          }
          for (const editors of open.splice(0)) editors.destroy()
        },
      ),
      { numRuns: 20, seed },
    )
  },
)

/** Those that never take text away. */
const rewriting = edits.filter((edit) => !/delete/.test(String(edit)))

test.each(seeds)(
  '[CARET-2] what one types while another person splits, joins, wraps or turns what it is in is there once and whole (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(fc.constantFrom(...rewriting), place, place, fc.boolean(), (change, annsPlace, bobsPlace, apart) => {
        const { alice, bob } = pair()
        const [anns, bobs] = [openEditors(alice), openEditors(bob, false, () => !apart)]
        open.push(anns, bobs)
        select(bobs.body, bobsPlace, bobsPlace)
        const beside = neighboursIn(bobs.body.state.doc).get(bobs.body.state.selection.head)
        for (const char of 'XY') bobs.body.view.dispatch(bobs.body.state.tr.insertText(char))
        select(anns.body, annsPlace, annsPlace)
        tryEdit(anns.body, change)
        const alone = anns.body.state.doc.textBetween(0, anns.body.state.doc.content.size, '|', '\n')
        for (let round = 0; round < 3; round++) {
          Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice, Y.encodeStateVector(bob)), 'remote')
          Y.applyUpdate(alice, Y.encodeStateAsUpdate(bob, Y.encodeStateVector(alice)), 'remote')
          if (round === 0) bobs.body.view.dispatch(bobs.body.state.tr.insertText('Z'))
        }
        expect(anns.body.state.doc.toJSON()).toEqual(bobs.body.state.doc.toJSON())
        const { doc } = bobs.body.state
        const text = doc.textBetween(0, doc.content.size, '|', '\n')
        expect(text.match(/[XYZ]+/g)).toEqual(['XYZ'])
        expect(text.replace('XYZ', '')).toBe(alone)
        const at = text.indexOf('XYZ')
        const around = [text.charAt(at - 1), text.charAt(at + 3)]
        expect(beside && [beside.left, beside.right].some((char) => char === '' || around.includes(char))).toBe(true)
        for (const editors of open.splice(0)) editors.destroy()
      }),
      { numRuns: 20, seed },
    )
  },
)

/** Those that write nothing of their own: what two write at one place may come to stand in any order. */
const turning = rewriting.filter((edit) => !/HardBreak|insertContent/.test(String(edit)))

const leaves = {
  mention: { type: 'mention', attrs: { userId: 'somebody', name: 'M', mentionId: 'a mention' } },
  hardBreak: { type: 'hardBreak' },
} as const

/** A mention as it reads in a block of code, and a break as a line there. */
const asText = ({ type }: Node): string => (type.name === 'mention' ? '@M' : '\n')
const readAll = ({ state: { doc } }: Editor): string => doc.textBetween(0, doc.content.size, '|', asText)

test.each(seeds)('[CARET-2] so are mentions and breaks among it, and nothing else is lost (seed %i)', (seed) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...turning),
      fc.constantFrom<keyof typeof leaves>('mention', 'hardBreak'),
      place,
      place,
      fc.boolean(),
      fc.boolean(),
      (change, leaf, annsPlace, bobsPlace, atEnd, apart) => {
        const { alice, bob } = pair()
        const [anns, bobs] = [openEditors(alice), openEditors(bob, false, () => !apart)]
        open.push(anns, bobs)
        const type = (char: string): void => bobs.body.view.dispatch(bobs.body.state.tr.insertText(char))
        select(bobs.body, bobsPlace, bobsPlace)
        if (atEnd) bobs.body.commands.setTextSelection(bobs.body.state.selection.$head.end())
        const beside = neighboursIn(bobs.body.state.doc).get(bobs.body.state.selection.head)
        type('X')
        bobs.body.commands.insertContent(leaves[leaf])
        type('Y')
        select(anns.body, annsPlace, annsPlace)
        tryEdit(anns.body, change)
        const alone = readAll(anns.body)
        for (let round = 0; round < 3; round++) {
          Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice, Y.encodeStateVector(bob)), 'remote')
          Y.applyUpdate(alice, Y.encodeStateAsUpdate(bob, Y.encodeStateVector(alice)), 'remote')
          if (round === 0) type('Z')
        }
        expect(anns.body.state.doc.toJSON()).toEqual(bobs.body.state.doc.toJSON())
        const text = readAll(bobs.body)
        const typed = leaf === 'mention' ? 'X@MYZ' : 'X\nYZ'
        expect(text.match(/[XYZ@M]+(\n[XYZ]+)?/g)).toEqual([typed])
        const rest = text.replace(typed, '')
        // Whoever puts a leaf amid a line writes the rest of the line anew too, so that both may have done so.
        if (atEnd) expect(rest).toBe(alone)
        else expect(Array.from(alone).filter((char) => isLetter(char) && !rest.includes(char))).toEqual([])
        const left = text.charAt(text.indexOf('X') - 1)
        expect(beside && (beside.left === '' || beside.left === left || !atEnd)).toBe(true)
        for (const editors of open.splice(0)) editors.destroy()
      },
    ),
    { numRuns: 20, seed },
  )
})
