import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { applyMarkdown } from '@weft/shared/editor'
import { seedUpdate } from '@weft/shared/text'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { openEditors } from '../testing/open.ts'

// How long ago something was typed is the test's business, not the machine's.
beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => {
  vi.useRealTimers()
})

const letter = (i: number): string => String.fromCharCode(0x4e00 + i)
const letters = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => letter(from + i)).join('')

const acts: Readonly<Record<string, (editor: Editor) => unknown>> = {
  enter: ({ commands }) => commands.keyboardShortcut('Enter'),
  backspace: ({ commands, state }) =>
    state.selection.$head.parentOffset === 0 && commands.keyboardShortcut('Backspace'),
  list: ({ commands }) => commands.toggleBulletList(),
  task: ({ commands }) => commands.toggleTaskList(),
  heading: ({ commands }) => commands.toggleHeading({ level: 2 }),
  quote: ({ commands }) => commands.toggleBlockquote(),
  tab: ({ commands }) => commands.keyboardShortcut('Tab'),
  nothing: () => undefined,
}

/** Each with a few runs of its own: a starved machine takes seconds for one. */
const seeds = [1, 2, 3]

const stepParts = {
  act: fc.constantFrom(...Object.keys(acts)),
  typed: fc.nat(3),
  /** The frames of this step cross with those of the next. */
  late: fc.boolean(),
}
const step = fc.record(stepParts)

test.each(seeds)(
  '[CARET-2] one types on and on while another splits, joins, wraps, turns: no letter is torn off, lost or doubled (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 2, maxLength: 8 }),
        fc.nat(7),
        fc.nat(4),
        (steps, annsPlace, bensPlace) => {
          const [ann, ben] = [new Y.Doc(), new Y.Doc()]
          Y.applyUpdate(ann, seedUpdate('rich'))
          applyMarkdown(ann, `${letters(0, 6)}\n\n${letters(6, 12)}\n\n${letters(18, 6)}`, { title: 'Together' })
          Y.applyUpdate(ben, Y.encodeStateAsUpdate(ann), 'remote')
          let seen = true
          let crossing = false
          const [anns, bens] = [openEditors(ann, false, () => seen), openEditors(ben)]
          const pass = (from: Y.Doc, to: Y.Doc): void =>
            Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'remote')
          anns.body.commands.setTextSelection(14 + annsPlace)
          bens.body.commands.setTextSelection(9 + bensPlace)
          let typed = 0
          for (const { act, typed: count, late } of steps) {
            bens.undoManager.stopCapturing()
            acts[act]?.(bens.body)
            for (const char of letters(100 + typed, count)) anns.body.view.dispatch(anns.body.state.tr.insertText(char))
            typed += count
            seen &&= count === 0
            crossing = late && !crossing
            if (crossing) continue
            pass(ben, ann)
            pass(ann, ben)
            seen = true
          }
          for (let round = 0; round < 3; round++) {
            pass(ben, ann)
            pass(ann, ben)
          }
          const { doc } = anns.body.state
          expect(bens.body.state.doc.toJSON()).toEqual(doc.toJSON())
          const text = doc.textBetween(0, doc.content.size, ' ')
          for (const editors of [anns, bens]) editors.destroy()
          expect(Array.from(text.replace(/ /g, '')).sort().join('')).toBe(letters(0, 24) + letters(100, typed))
          expect(text).toContain(letters(100, typed))
        },
      ),
      { numRuns: 20, seed },
    )
  },
)

const mention = { type: 'mention', attrs: { userId: 'somebody', name: 'M', mentionId: 'a mention' } }
const asText = ({ type }: Node): string => (type.name === 'mention' ? '@' : '/')

test.each(seeds)(
  '[CARET-2] the same with mentions and breaks among what one types at the end of a paragraph (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ ...stepParts, leaf: fc.constantFrom(null, '@', '/') }), { minLength: 2, maxLength: 6 }),
        fc.nat(11),
        (steps, bensPlace) => {
          const [ann, ben] = [new Y.Doc(), new Y.Doc()]
          Y.applyUpdate(ann, seedUpdate('rich'))
          applyMarkdown(ann, `${letters(0, 6)}\n\n${letters(6, 12)}\n\n${letters(18, 6)}`, { title: 'Together' })
          Y.applyUpdate(ben, Y.encodeStateAsUpdate(ann), 'remote')
          let seen = true
          let crossing = false
          const [anns, bens] = [openEditors(ann, false, () => seen), openEditors(ben)]
          const pass = (from: Y.Doc, to: Y.Doc): void =>
            Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'remote')
          anns.body.commands.setTextSelection(21)
          bens.body.commands.setTextSelection(9 + bensPlace)
          let typed = ''
          const type = (words: string): void => {
            for (const char of words) anns.body.view.dispatch(anns.body.state.tr.insertText(char))
            typed += words
          }
          for (const { act, typed: count, late, leaf } of steps) {
            bens.undoManager.stopCapturing()
            // Text that is joined to the line right where one types may come to stand on either side of that.
            const isAtAnns = bens.body.state.doc.textBetween(0, bens.body.state.selection.from).includes(letter(17))
            if (act !== 'backspace' || !isAtAnns) acts[act]?.(bens.body)
            type(letters(100 + typed.length, count))
            if (leaf !== null) anns.body.commands.insertContent(leaf === '@' ? mention : { type: 'hardBreak' })
            typed += leaf ?? ''
            seen &&= count === 0 && leaf === null
            crossing = late && !crossing
            if (crossing) continue
            pass(ben, ann)
            pass(ann, ben)
            seen = true
          }
          for (let round = 0; round < 3; round++) {
            pass(ben, ann)
            pass(ann, ben)
          }
          const { doc } = anns.body.state
          expect(bens.body.state.doc.toJSON()).toEqual(doc.toJSON())
          const text = doc.textBetween(0, doc.content.size, ' ', asText)
          for (const editors of [anns, bens]) editors.destroy()
          const sorted = (words: string): string => Array.from(words).sort().join('')
          expect(sorted(text.replace(/ /g, ''))).toBe(sorted(letters(0, 24) + typed))
          expect(text).toContain(typed)
        },
      ),
      { numRuns: 20, seed },
    )
  },
)
