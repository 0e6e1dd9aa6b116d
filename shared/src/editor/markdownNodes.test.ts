import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentLinksIn, seedUpdate } from '../text/index.ts'
import { applyMarkdown, markdownOf, parseMarkdown, plainTextOf, readBody } from './index.ts'

const roundTrip = (markdown: string): string => markdownOf(parseMarkdown(markdown))
const kinds = (markdown: string): string[] => {
  const found: string[] = []
  parseMarkdown(markdown).descendants((node) => {
    if (!['paragraph', 'text'].includes(node.type.name)) found.push(node.type.name)
  })
  return found
}

test('GitHub’s alerts are callouts, whatever they hold', () => {
  for (const markdown of [
    '> [!NOTE]\n> one\n>\n> two\n',
    '> [!TIP]\n> one **two**\n',
    '> [!IMPORTANT]\n>\n> - a\n> - b\n',
    '> [!WARNING]\n>\n> ```js\n> x\n> ```\n',
    '> [!CAUTION]\n> > quoted\n'.replace('> > ', '>\n> > '),
    '- a\n\n  > [!NOTE]\n  > in an item\n',
    '> quote\n>\n> > [!NOTE]\n> > in a quote\n',
  ])
    expect(roundTrip(markdown)).toBe(markdown)
  expect(roundTrip('> [!note]\n>\n> text')).toBe('> [!NOTE]\n> text\n')
  expect(kinds('> [!NOTE] and more\n> text')).toEqual(['blockquote'])
  expect(kinds('> [!WHAT]\n> text')).toEqual(['blockquote'])
  expect(kinds('> \\[!NOTE]\n> text')).toEqual(['blockquote'])
  expect(roundTrip('> \\[!NOTE]\n> text')).toBe('> \\[!NOTE\\] text\n')
})

test('details keep their line and what they hold, in lists and in each other', () => {
  for (const markdown of [
    '<details>\n<summary>More **of** it</summary>\n\none\n\n- two\n\n</details>\n',
    '<details>\n<summary>Out</summary>\n\n<details>\n<summary>In</summary>\n\nx\n\n</details>\n\n</details>\n',
    '- item\n\n  <details>\n  <summary>Held</summary>\n\n  x\n\n  </details>\n',
    '<details>\n<summary>Code</summary>\n\n```html\n</details>\n```\n\n</details>\n',
    '<details>\n<summary></summary>\n\n</details>\n',
  ])
    expect(roundTrip(markdown)).toBe(markdown)
  expect(roundTrip('text\n<details open><summary>Short</summary>\nx\n</details>\nafter')).toBe(
    'text\n\n<details>\n<summary>Short</summary>\n\nx\n\n</details>\n\nafter\n',
  )
  for (const text of ['<details>\n\nnever closed', '<details>no line</details>', '<details>\n\nx\n\n</details>'])
    expect(kinds(text)).toEqual([])
})

test('formulas are kept as they are written, and money and variables are no formulas', () => {
  for (const markdown of [
    'Let $x^2$ be $\\frac{a}{b}$, **$y$**.\n',
    '$$\n\\sum_{i=1}^n i\n= \\frac{n(n+1)}{2}\n$$\n',
    '- a\n\n  $$\n  x\n  $$\n',
    '| $a\\|b$ |\n| --- |\n',
    'in$`x`$side\n',
  ])
    expect(roundTrip(markdown)).toBe(markdown)
  expect(roundTrip('$$E = mc^2$$')).toBe('$$\nE = mc^2\n$$\n')
  expect(kinds('It costs $5 and not $6, $HOME/$USER, a$b$c, $ x $, `$a$`, \\$x$.')).toEqual([])
  expect(kinds('$$ is text\n\nand $$ too')).toEqual([])
  expect(roundTrip('\\$x$ and \\$y$')).toBe('\\$x$ and \\$y\\$\n')
})

test('a link to a page of this installation is the document, and counted as one that leads there', () => {
  const [workspace, document] = ['w'.repeat(21), 'd'.repeat(21)]
  const link = `[The *plan* \\[b\\]](/w/${workspace}/d/${document})`
  expect(kinds(`See ${link.replaceAll('*', '')}!`)).toEqual(['documentLink'])
  expect(roundTrip(`See ${link.replaceAll('*', '')}!`)).toBe(`See ${link.replaceAll('*', '')}!\n`)
  expect(kinds(`See ${link}`)).toEqual([])
  expect(kinds(`See [x](https://example.org/w/${workspace}/d/${document})`)).toEqual([])
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  applyMarkdown(doc, `See [Plan](/w/${workspace}/d/${document}), $x$\n\n$$\ny\n$$\n\nend`, { title: '' })
  expect(documentLinksIn(doc.getXmlFragment('body'))).toEqual([document])
  expect(plainTextOf(doc)).toBe('See Plan, x\ny\nend')
})

test('attributes that nobody can have written are mended where a text is read', () => {
  const doc = new Y.Doc()
  const body = doc.getXmlFragment('body')
  const node = (name: string, attributes: Record<string, unknown>, ...children: (Y.XmlElement | Y.XmlText)[]) => {
    const made = new Y.XmlElement(name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
    made.insert(0, children)
    return made
  }
  body.insert(0, [
    node('callout', { kind: '<b>' }, new Y.XmlText('loose')),
    node('details', {}, node('paragraph', {}, new Y.XmlText('no line')), node('detailsSummary', {})),
    node('detailsSummary', {}, new Y.XmlText('stray')),
    node('paragraph', {}, node('documentLink', { documentId: 'javascript:x', title: 7 }), node('mathInline', {})),
    node('mathBlock', { latex: 'a $$ b' }),
  ])
  const read = readBody(doc)
  expect(() => read.check()).not.toThrow()
  expect(markdownOf(read)).toBe(
    '> [!NOTE]\n> loose\n\n<details>\n<summary></summary>\n\nno line\n\n</details>\n\nstray\n\n?\n\n$$\na $ $ b\n$$\n',
  )
})

test('hostile beginnings without an end stay text, in time', () => {
  expect(roundTrip('<details>\n<summary>x</summary>\n'.repeat(20_000))).toContain('details')
  expect(roundTrip('$$ a\n'.repeat(50_000))).toContain('a')
  expect(roundTrip('$a '.repeat(50_000))).toContain('a')
})
