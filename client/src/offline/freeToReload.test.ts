import { expect, test } from 'vitest'
import { freeToReload } from './freeToReload.ts'

const page = (html: string) => new DOMParser().parseFromString(html, 'text/html')

test.each([
  ['an empty page', ''],
  [
    'a document with text, which is on the device',
    '<article data-document="d"><div contenteditable="true">x</div></article>',
  ],
  ['an empty field', '<input type="email"><textarea></textarea>'],
  ['a field that cannot be changed', '<input disabled value="ann@weft.example">'],
  ['a box that is ticked', '<input type="checkbox" checked>'],
])('%s may go', (_what, html) => expect(freeToReload(page(html))).toBe(true))

test.each([
  ['a dialog', '<div role="dialog"></div>'],
  ['an open menu', '<div role="menu"></div>'],
  ['words in a field', '<input value="half a na">'],
  ['words in a larger one', '<textarea>a comment</textarea>'],
  ['a comment with rich text on its way', '<div contenteditable="true">I think</div>'],
])('%s keeps the page', (_what, html) => expect(freeToReload(page(html))).toBe(false))
