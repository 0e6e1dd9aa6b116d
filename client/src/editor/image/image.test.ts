import { readBody, toMarkdown } from '@weft/shared/editor'
import { FileId, randomId } from '@weft/shared/kit'
import { seedUpdate } from '@weft/shared/text'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Editors } from '../editors.ts'
import { openEditors } from '../testing/open.ts'
import { isKnown } from '../unknown.ts'
import { pictureTransaction } from './insertPictures.ts'
import type { Pictures } from './Pictures.ts'

const open: Editors[] = []
afterEach(() => {
  for (const editors of open.splice(0)) editors.destroy()
})

/** A page that sends nothing, and remembers which pictures it was to show here too. */
function page() {
  const attached: string[] = []
  const nothing = () => () => undefined
  const pictures: Pictures = {
    add: async () => null,
    attach: (fileId) => void attached.push(fileId),
    local: async () => null,
    onItsWay: () => null,
    cancel: () => undefined,
    retry: () => undefined,
    subscribe: nothing,
    onArrival: nothing,
  }
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  const editors = openEditors(doc, false, undefined, undefined, undefined, pictures)
  open.push(editors)
  return { attached, doc, body: editors.body }
}

/** jsdom knows no clipboard. */
const pasting = () => new Event('paste') as ClipboardEvent

const fileId = FileId.parse(randomId())
const put = ({ body }: Pick<ReturnType<typeof page>, 'body'>, at: number) =>
  body.view.dispatch(pictureTransaction(body.state, [{ fileId, width: 8, height: 4 }], at))
const shape = (doc: Y.Doc): string[] => readBody(doc).children.map((node) => node.textContent || node.type.name)

test('a picture takes the place of an empty paragraph, with one behind it to write on', () => {
  const made = page()
  put(made, 1)
  made.body.commands.insertContent('behind')
  expect(shape(made.doc)).toEqual(['image', 'behind'])
  expect(isKnown(made.doc)).toBe(true)
  expect(toMarkdown(made.doc).markdown).toBe(`![](/api/v1/files/${fileId}#8x4)\n\nbehind\n`)
})

test('in the midst of words it stands behind them, and the caret goes on behind it', () => {
  const made = page()
  made.body.commands.setContent('<p>one</p><p>two</p>')
  put(made, 2)
  made.body.commands.insertContent('>')
  expect(shape(made.doc)).toEqual(['one', 'image', '>two'])
})

test('in a list it stands in its item', () => {
  const made = page()
  made.body.commands.setContent('<ul><li><p>one</p></li><li><p>two</p></li></ul>')
  put(made, 4)
  const [list] = readBody(made.doc).children
  expect(list?.children.map((item) => item.children.map(({ type }) => type.name))).toEqual([
    ['paragraph', 'image', 'paragraph'],
    ['paragraph'],
  ])
})

test('what is pasted out of another document is shown here too; what stands here already, and what others bring, is not asked for', () => {
  const made = page()
  put(made, 1)
  expect(made.attached).toEqual([])
  const other = FileId.parse(randomId())
  const html = (id: string) => `<img src="/api/v1/files/${id}" width="8" height="4" alt="A loom">`
  made.body.view.pasteHTML(html(other) + html(fileId), pasting())
  expect(made.attached).toEqual([other])
  const far = new Y.Doc()
  Y.applyUpdate(far, Y.encodeStateAsUpdate(made.doc))
  const theirs = openEditors(far)
  open.push(theirs)
  theirs.body.view.dispatch(pictureTransaction(theirs.body.state, [{ fileId: randomId() }], 0))
  Y.applyUpdate(made.doc, Y.encodeStateAsUpdate(far))
  expect(made.attached).toEqual([other])
})

test('a picture in a page that is pasted keeps its address if it can be shown, and nothing else is taken for one', () => {
  const made = page()
  made.body.view.pasteHTML(
    '<p>a</p><img src="https://example.org/a.png" alt="A"><img src="javascript:alert(1)"><img src="data:image/png;base64,AA">',
    pasting(),
  )
  const images = readBody(made.doc).children.filter(({ type }) => type.name === 'image')
  expect(images.map(({ attrs }) => [attrs.src, attrs.alt])).toEqual([['https://example.org/a.png', 'A']])
  // Its reader's browser asks this server for it.
  const shown = [...made.body.view.dom.querySelectorAll('img')].map((image) => image.getAttribute('src') ?? '')
  expect(shown.some((src) => src.startsWith('https:'))).toBe(false)
})
