import type { Editor } from '@tiptap/core'
import { applyMarkdown } from '@weft/shared/editor'
import { seedUpdate } from '@weft/shared/text'
import { expect } from 'vitest'
import * as Y from 'yjs'
import type { Editors } from '../../editors.ts'
import { openEditors } from '../../testing/open.ts'

export interface Pair {
  anns: Editor
  bobs: Editor
  all: readonly Editors[]
  /** Until both have everything: what one carries has to reach the other too. The text, with a line for each block. */
  exchange(): string[]
}

/** Two people with one text; what they write passes when they exchange it. `saved`: of what Bob writes. */
export function openPair(markdown: string, saved = () => true): Pair {
  const [alice, bob] = [new Y.Doc(), new Y.Doc()]
  Y.applyUpdate(alice, seedUpdate('rich'))
  applyMarkdown(alice, markdown, { title: 'Typing' })
  Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice), 'remote')
  const [anns, bobs] = [openEditors(alice), openEditors(bob, false, saved)]
  bobs.undoManager.captureTimeout = Number.POSITIVE_INFINITY
  return {
    anns: anns.body,
    bobs: bobs.body,
    all: [anns, bobs],
    exchange() {
      for (let round = 0; round < 2; round++) {
        pass(alice, bob)
        pass(bob, alice)
      }
      const { doc } = bobs.body.state
      expect(anns.body.state.doc.toJSON()).toEqual(doc.toJSON())
      return doc.textBetween(0, doc.content.size, '\n').split('\n')
    },
  }
}

export const pass = (from: Y.Doc, to: Y.Doc): void =>
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'remote')

/** The place in the text behind some words. */
export function behind(editor: Editor, words: string): number {
  let found = -1
  editor.state.doc.descendants((node, at) => {
    if (found < 0 && node.text?.includes(words)) found = at + node.text.indexOf(words) + words.length
  })
  expect(found).toBeGreaterThan(0)
  return found
}

export const put = (editor: Editor, words: string): boolean => editor.commands.setTextSelection(behind(editor, words))

export function type(editor: Editor, text: string): void {
  for (const char of text) editor.view.dispatch(editor.state.tr.insertText(char))
}
