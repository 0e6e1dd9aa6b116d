import { markdownOf } from '@weft/shared/editor'
import { seedUpdate } from '@weft/shared/text'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Editors } from '../editors.ts'
import { openEditors } from '../testing/open.ts'
import { googleDocs, plainPage, word } from './testing/clipboard.ts'

const open: Editors[] = []
afterEach(() => {
  for (const editors of open.splice(0)) editors.destroy()
})

/** The text, as Markdown, after a paste into an empty document. */
function pasted(html: string): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  const editors = openEditors(doc)
  open.push(editors)
  editors.body.view.pasteHTML(html, new Event('paste') as ClipboardEvent)
  return markdownOf(editors.body.state.doc)
}

test('from Word come headings, marks, nested lists, quotes and tables', () => {
  expect(pasted(word)).toBe(
    [
      '# The plan',
      '## Warp',
      'Some **bold**, *slanted*, <u>lined</u> and ~~gone~~ words, and [a link](https://example.org/).',
      '- First\n- Second\n  - Below second\n  - And this\n- Third',
      '1. One\n2. Two\n   1. Two a',
      '> Somebody said so.',
      '| Thread | Count |\n| --- | --- |\n| Blue | 12 |\n|  | 3 |',
      'The end.\n',
    ].join('\n\n'),
  )
})

test('from Google Docs come headings, marks, nested lists, boxes, tables and the addresses behind the links', () => {
  expect(pasted(googleDocs)).toBe(
    [
      '# The plan',
      'Some **bold**, *slanted*, <u>lined</u> and ~~gone~~ words, and [a link](https://example.org/x).',
      '- First\n- Second\n  - Below second\n- Third',
      '* [x] Done\n* [ ] To do',
      '| Thread | Count |\n| --- | --- |\n| Blue | 12 |',
      'The end.\n',
    ].join('\n\n'),
  )
})

test('what is pasted from a page is left as it is', () => {
  expect(pasted(plainPage)).toBe('## A page\n\n- one\n- two\n\nwith `code`\n')
})
