import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { FileId, randomId } from '../kit/index.ts'
import { fields, seedUpdate } from '../text/index.ts'
import { knownAttributes, validAttributes } from './attributes.ts'
import { applyMarkdown, toMarkdown } from './markdown.ts'
import { parseMarkdown } from './markdownParser.ts'
import { markdownOf } from './markdownSerializer.ts'
import { readBody } from './readBody.ts'

const fileId = FileId.parse(randomId())
const own = `/api/v1/files/${fileId}`
const once = (markdown: string): string => markdownOf(parseMarkdown(markdown))
const pictures = (markdown: string): unknown[] => {
  const found: unknown[] = []
  parseMarkdown(markdown).descendants((node) => {
    if (node.type.name === 'image') found.push(node.attrs)
  })
  return found
}

test('a picture goes into a text by its address, and out again', () => {
  const markdown = `![A loom](${own}#800x600 "In 1804")\n`
  expect(pictures(markdown)).toEqual([
    { fileId, src: null, alt: 'A loom', caption: 'In 1804', width: 800, height: 600, size: null, align: null },
  ])
  expect(once(markdown)).toBe(markdown)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  applyMarkdown(doc, markdown)
  expect(toMarkdown(doc).markdown).toBe(markdown)
})

test.for([
  ['![a](https://example.org/a.png)\n', '![a](https://example.org/a.png)\n'],
  ['![](https://example.org/a.png)\n', '![](https://example.org/a.png)\n'],
  [`![a](https://weft.example.org${own})\n`, `![a](${own})\n`],
  [
    '![a](https://example.org/a.png)\n![b](https://example.org/b.png)\n',
    '![a](https://example.org/a.png)\n\n![b](https://example.org/b.png)\n',
  ],
  ['- ![a](https://example.org/a.png)\n', '- ![a](https://example.org/a.png)\n'],
  ['> ![a](https://example.org/a.png)\n', '> ![a](https://example.org/a.png)\n'],
  ['![a *b* `c` \\[d\\]](https://example.org/a.png)\n', '![a b c \\[d\\]](https://example.org/a.png)\n'],
  ['| a |\n| --- |\n| ![x](https://example.org/a.png) |\n', '| a |\n| --- |\n| ![x](https://example.org/a.png) |\n'],
  // In the midst of words, as a heading, and where no address can be shown, it stays a link.
  ['See ![a](https://example.org/a.png) there\n', 'See [a](https://example.org/a.png) there\n'],
  ['# ![a](https://example.org/a.png)\n', '# [a](https://example.org/a.png)\n'],
  ['![a](images/a.png)\n', '[a](images/a.png)\n'],
] as const)('%s', ([markdown, expected]) => {
  expect(once(markdown)).toBe(expected)
  expect(once(expected)).toBe(expected)
})

test('addresses are named anew where they are addresses, not in code', () => {
  const addresses = { link: (to: string) => `/w/x/${to}`, picture: () => own }
  const markdown = '[a](b.md) `[a](b.md)`\n\n![p](p.png)\n\n[r]\n\n```\n![p](p.png)\n```\n\n[r]: c.md\n'
  expect(markdownOf(parseMarkdown(markdown, addresses))).toBe(
    `[a](/w/x/b.md) \`[a](b.md)\`\n\n![p](${own})\n\n[r](/w/x/c.md)\n\n\`\`\`\n![p](p.png)\n\`\`\`\n`,
  )
})

describe('whatever was written into Yjs', () => {
  test.for([
    [{ src: 'javascript:alert(1)' }, { src: null }],
    [{ src: 'data:text/html,x' }, { src: null }],
    [{ src: '/relative' }, { src: null }],
    [{ fileId: '../../etc/passwd' }, { fileId: null }],
    [
      { width: -1, height: 1e9, size: 400 },
      { width: null, height: null, size: null },
    ],
    [
      { align: 'middle', alt: 7 },
      { align: null, alt: null },
    ],
  ] as const)('%j', ([raw, valid]) => {
    expect(validAttributes('image', raw)).toMatchObject(valid)
    expect(knownAttributes('image', raw)).toBe(false)
  })

  test('a picture that holds text keeps it', () => {
    const doc = new Y.Doc()
    const element = new Y.XmlElement('image')
    element.setAttribute('fileId', fileId)
    element.insert(0, [new Y.XmlText('inside')])
    doc.getXmlFragment(fields.body).insert(0, [element])
    expect(markdownOf(readBody(doc))).toBe(`![](${own})\n\ninside\n`)
  })
})
