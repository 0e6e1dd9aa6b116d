import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seedUpdate, titleOf } from '../text/index.ts'
import { plainTextOf, readBody, toMarkdown } from './index.ts'

function seeded(): { doc: Y.Doc; body: Y.XmlFragment } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  return { doc, body: doc.getXmlFragment('body') }
}

function element(
  name: string,
  attributes: Record<string, unknown>,
  ...children: (Y.XmlElement | Y.XmlText | string)[]
): Y.XmlElement {
  const made = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
  made.insert(
    0,
    children.map((child) => (typeof child === 'string' ? new Y.XmlText(child) : child)),
  )
  return made
}

test('unknown nodes are replaced by what they hold', () => {
  const { doc, body } = seeded()
  body.insert(0, [
    element('panel', { kind: 'x' }, element('paragraph', {}, 'kept'), 'loose', element('sparkle', {}, 'deeper')),
  ])
  expect(toMarkdown(doc).markdown).toBe('kept\n\nloosedeeper\n')
  expect(plainTextOf(doc)).toBe('kept\nloosedeeper')
})

test('20,000 nested nodes keep their text and do not overflow', () => {
  const { doc, body } = seeded()
  let at: Y.XmlFragment = body
  doc.transact(() => {
    for (let i = 0; i < 20_000; i++) {
      const next = new Y.XmlElement('blockquote')
      at.insert(0, [next])
      at = next
    }
    at.insert(0, [new Y.XmlText('bottom')])
  })
  expect(toMarkdown(doc).markdown).toContain('bottom')
  expect(plainTextOf(doc)).toContain('bottom')
  expect(() => readBody(doc).check()).not.toThrow()
})

test('whatever stands where, the result keeps the schema and all text', () => {
  const { doc, body } = seeded()
  body.insert(0, [
    element('listItem', {}, 'stray item'),
    element('bulletList', {}, element('paragraph', {}, 'in list')),
    element(
      'table',
      {},
      element('paragraph', {}, 'in table'),
      element('tableRow', {}, element('paragraph', {}, 'in row')),
    ),
    element('tableCell', { colspan: 1e9, rowspan: 'x' }, 'stray cell'),
    element('paragraph', {}, element('heading', { level: 99 }, 'heading in paragraph'), 'after'),
    element('codeBlock', { language: { a: 1 } }, 'code', element('hardBreak', {}), 'more'),
    element('doc', {}, element('text', {}, 'not a text node')),
    element('bulletList', {}),
    element('table', {}),
    element('__proto__', {}, 'proto'),
    element('constructor', {}, 'constructor'),
  ])
  ;(body as unknown as Y.XmlElement).insert(0, [new Y.Map() as unknown as Y.XmlElement])
  const node = readBody(doc)
  expect(() => node.check()).not.toThrow()
  for (const text of [
    'stray item',
    'in list',
    'in table',
    'in row',
    'stray cell',
    'heading in paragraph',
    'after',
    'not a text node',
    'proto',
    'constructor',
  ]) {
    expect(node.textContent).toContain(text)
    expect(toMarkdown(doc).markdown.replaceAll('\\', '')).toContain(text)
  }
})

test('a link written straight into Yjs opens only what is safe', () => {
  const { doc, body } = seeded()
  const text = new Y.XmlText()
  body.insert(0, [element('paragraph', {}, text)])
  text.insert(0, 'bad', { link: { href: '\u0001java\tscript:alert(1)' } })
  text.insert(3, 'odd', { link: { href: { toString: 'x' } }, bold: 5, sparkle: true })
  text.insert(6, 'good', { link: { href: 'https://a.b' } })
  expect(toMarkdown(doc).markdown).toContain('bad**odd**[good](https://a.b)')
})

test('a title of odd shape is read as one line', () => {
  const { doc } = seeded()
  doc.getXmlFragment('title').insert(0, [element('table', {}, element('x', {}, 'one'), 'two')])
  expect(titleOf(doc)).toBe('one two')
})

test('a mention is kept with valid ids, reads as its name, and is text within code', () => {
  const { doc, body } = seeded()
  const mention = (attributes: Record<string, unknown>) => element('mention', attributes)
  const ids = { userId: 'u'.repeat(21), mentionId: 'm'.repeat(21) }
  body.delete(0, body.length)
  body.insert(0, [
    element('paragraph', {}, 'Ask ', mention({ ...ids, name: 'Ada' }), ' or ', mention({ userId: '<b>', name: 3 })),
    element('codeBlock', {}, mention({ ...ids, name: 'Ada' })),
  ])
  expect(readBody(doc).toJSON()).toMatchObject({
    content: [
      {
        content: [
          { text: 'Ask ' },
          { type: 'mention', attrs: { ...ids, name: 'Ada' } },
          { text: ' or ' },
          { type: 'mention', attrs: { userId: null, name: null, mentionId: null } },
        ],
      },
      { content: [{ text: '@Ada' }] },
    ],
  })
  expect(toMarkdown(doc).markdown).toBe('Ask @Ada or @?\n\n```\n@Ada\n```\n')
  expect(plainTextOf(doc)).toBe('Ask @Ada or \n@Ada')
})
