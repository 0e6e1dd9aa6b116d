import { applyMarkdown } from '@weft/shared/editor'
import { seedUpdate } from '@weft/shared/text'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { isKnown, watchUnknown } from './unknown.ts'

function seeded(): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  applyMarkdown(
    doc,
    '# T\n\na **b** [c](https://d.e) <u>u</u>\n\n1. x\n\n- [x] t\n\n| a |\n| :-: |\n| 1 |\n\n```js\nx\n```\n\n---',
  )
  return doc
}

/** Each writes something into the body that a newer version, or nobody honest, would write. */
const strange: Record<string, (body: Y.XmlFragment) => void> = {
  'an unknown node': (body) => body.insert(0, [new Y.XmlElement('panel')]),
  'an unknown node below': (body) => (body.get(0) as Y.XmlElement).insert(0, [new Y.XmlElement('sticker')]),
  'a mention in the title': (body) => {
    const title = body.doc?.getXmlFragment('title').get(0) as Y.XmlElement
    title.insert(0, [new Y.XmlElement('mention')])
  },
  'a mention of nobody that ever was': (body) => {
    const mention = new Y.XmlElement('mention')
    mention.setAttribute('userId', '__proto__')
    ;(body.get(0) as Y.XmlElement).insert(0, [mention])
  },
  'an unknown mark': (body) =>
    ((body.get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 1, { highlight: { color: 'red' } }),
  'an unknown attribute': (body) => (body.get(0) as Y.XmlElement).setAttribute('indent', '2'),
  'a value out of bounds': (body) => {
    const cell = new Y.XmlElement('tableCell')
    cell.setAttribute('colspan', 1e9 as unknown as string)
    body.insert(0, [cell])
  },
  'a type that is no node': (body) =>
    (body as unknown as Y.XmlElement).insert(0, [new Y.Map() as unknown as Y.XmlElement]),
  'nesting without end': (body) => {
    let at: Y.XmlFragment = body
    for (let i = 0; i < 20_000; i++) {
      const next = new Y.XmlElement('blockquote')
      at.insert(0, [next])
      at = next
    }
  },
}

test('what Markdown makes is known', () => {
  expect(isKnown(seeded())).toBe(true)
})

for (const [name, write] of Object.entries(strange)) {
  test(`${name} is noticed in a document and, before any observer, in a change`, () => {
    const doc = seeded()
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    const order: string[] = []
    watchUnknown(doc, () => order.push('noticed'))
    for (const field of ['title', 'body']) doc.getXmlFragment(field).observeDeep(() => order.push('observed'))
    const before = Y.encodeStateVector(other)
    other.transact(() => write(other.getXmlFragment('body')))
    expect(isKnown(other)).toBe(false)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, before))
    expect(order).toEqual(['noticed', 'observed'])
  })
}

test('honest changes of others are not stopped', () => {
  const doc = seeded()
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  let noticed = 0
  watchUnknown(doc, () => noticed++)
  const before = Y.encodeStateVector(other)
  applyMarkdown(other, '## more\n\n- a\n  - b', { title: 'U' })
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, before))
  expect(noticed).toBe(0)
})
