import type { Editor } from '@tiptap/core'
import { markdownOf } from '@weft/shared/editor'
import { afterEach, expect, test } from 'vitest'
import { openPair, type Pair, put } from '../rewritten/testing/pair.ts'

const pairs: Pair[] = []
afterEach(() => {
  for (const { all } of pairs.splice(0)) for (const editors of all) editors.destroy()
})

function open(markdown: string): Editor {
  const pair = openPair(markdown)
  pairs.push(pair)
  return pair.anns
}

function press(editor: Editor, key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  editor.view.someProp('handleKeyDown', (handle) => handle(editor.view, event))
}

const text = ({ state }: Editor): string => markdownOf(state.doc)
const details = (...lines: string[]): string => ['<details>', ...lines, '</details>'].join('\n')

test('Enter goes from the line into the block below, with what stands behind the caret', () => {
  const editor = open(details('<summary>Ask why</summary>', '', 'because', ''))
  put(editor, 'Ask')
  press(editor, 'Enter')
  expect(text(editor)).toBe(`${details('<summary>Ask</summary>', '', 'why', '', 'because', '')}\n`)
  expect(editor.state.selection.$from.parent.textContent).toBe(' why')
})

test('Enter in an empty last block leaves the details', () => {
  const editor = open(details('<summary>Ask</summary>', '', 'because', ''))
  put(editor, 'because')
  press(editor, 'Enter')
  press(editor, 'Enter')
  editor.commands.insertContent('after')
  expect(text(editor)).toBe(`${details('<summary>Ask</summary>', '', 'because', '')}\n\nafter\n`)
})

test('Backspace at the beginning of the line takes the details away and leaves what they held', () => {
  const editor = open(`before\n\n${details('<summary>Ask</summary>', '', '- because', '')}`)
  put(editor, 'Ask')
  editor.commands.setTextSelection(editor.state.selection.from - 3)
  press(editor, 'Backspace')
  expect(text(editor)).toBe('before\n\nAsk\n\n- because\n')
})

test('blocks that are put into details are below an empty line, with the caret in it', () => {
  const editor = open('one\n\ntwo')
  put(editor, 'one')
  editor.commands.setDetails()
  editor.commands.insertContent('Line')
  expect(text(editor)).toBe(`${details('<summary>Line</summary>', '', 'one', '')}\n\ntwo\n`)
})
