/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { seedUpdate } from '../text/index.ts'
import { applyMarkdown, bodySchema, readBody, toMarkdown } from './index.ts'

function docOf(markdown: string): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  applyMarkdown(doc, markdown, { title: '' })
  return doc
}
const roundTrip = (markdown: string): string => toMarkdown(docOf(markdown)).markdown

/** What has been through the document once comes through it unchanged. */
function expectStable(markdown: string): void {
  const once = docOf(markdown)
  expect(() => readBody(once).check()).not.toThrow()
  const twice = docOf(toMarkdown(once).markdown)
  const thrice = docOf(toMarkdown(twice).markdown)
  expect(readBody(thrice).toJSON()).toEqual(readBody(twice).toJSON())
}

test('all that the schema holds survives Markdown', () => {
  const markdown = [
    '## Two',
    '### Three',
    'A **bold**, *italic*, ~~struck~~, <u>underlined</u>, `code` and [link](https://a.b/c_d "t").',
    'one\\\ntwo',
    '- a\n- b\n  - c',
    '3. three\n4. four',
    '- [ ] todo\n- [x] done\n  - [ ] below',
    '> quoted\n>\n> > deeper',
    '```ts\nconst a = `b`\n```',
    '| a | b |\n| --- | :---: |\n| 1 \\| 2 | `x\\|y` |',
    '---',
    '![A loom](https://a.b/loom.png "In 1804")',
    '[`linked code`](https://a.b) and **`bold`**',
    '> [!TIP]\n> called out',
    '<details>\n<summary>more</summary>\n\nbelow\n\n</details>',
    'a formula $x^2$ and [a document](/w/wwwwwwwwwwwwwwwwwwwww/d/ddddddddddddddddddddd)',
    '$$\ny\n$$',
  ].join('\n\n')
  expect(roundTrip(markdown)).toBe(`${markdown}\n`)
  const names = new Set<string>()
  readBody(docOf(markdown)).descendants((node) => {
    names.add(node.type.name)
  })
  // Markdown has no word for a person: a mention is written as the name.
  expect([...names].sort()).toEqual(
    Object.keys(bodySchema.nodes)
      .filter((name) => name !== 'doc' && name !== 'mention')
      .sort(),
  )
})

test('text that looks like Markdown stays text', () => {
  for (const text of [
    '1. not a list',
    '- no',
    '# no',
    '> no',
    '*no*',
    '_no_',
    '~~no~~',
    '<b>no</b>',
    '&amp;',
    '[a](b)',
    '|a|',
    '===',
    '---',
    '\\',
    '!',
    'http://a.b',
    '```',
    '1) x',
    '+ y',
    '<u>z</u>',
  ]) {
    const doc = docOf('x')
    const paragraph = doc.getXmlFragment('body').get(0) as Y.XmlElement
    paragraph.delete(0, paragraph.length)
    paragraph.insert(0, [new Y.XmlText(text)])
    const body = readBody(docOf(toMarkdown(doc).markdown))
    expect(body.toJSON()).toEqual({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })
  }
})

const words = fc.constantFrom(
  'a',
  'word',
  ' ',
  '\n',
  '\n\n',
  '*',
  '**',
  '_',
  '~~',
  '`',
  '```',
  '[',
  '](',
  ')',
  '!',
  '<',
  '>',
  '<u>',
  '</u>',
  '<br>',
  '|',
  '| - |\n',
  '- ',
  '1. ',
  '[ ] ',
  '# ',
  '    ',
  '\\',
  '&',
  '&#x41;',
  'http://a.b',
  '.',
  'é',
  '😀',
  '---\n',
  '===\n',
  '  \n',
  '\t',
  '"',
  ':',
  '\u0000',
  '$',
  '$$\n',
  '[!NOTE]\n',
  '<details>\n',
  '<summary>s</summary>\n',
  '</details>\n',
  '](/w/wwwwwwwwwwwwwwwwwwwww/d/ddddddddddddddddddddd)',
)

test('any Markdown is stable on its second pass', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => expectStable(parts.join(''))),
    { numRuns: 1_500 },
  )
}, 60_000)

test('real READMEs are stable on their second pass', () => {
  const store = new URL('../../../node_modules/.pnpm/', import.meta.url)
  const readmes = readdirSync(store).flatMap((folder) => {
    const name = /^((?:@[^+]+\+)?[^@]+)@/.exec(folder)?.[1]?.replace('+', '/')
    const file = new URL(`${folder}/node_modules/${name}/README.md`, store)
    return name && existsSync(file) ? [readFileSync(file, 'utf8')] : []
  })
  const chosen = readmes.filter((text) => text.length > 500 && text.length < 100_000).slice(0, 120)
  expect(chosen.length).toBeGreaterThanOrEqual(30)
  for (const text of chosen) expectStable(text)
}, 60_000)

describe('hostile Markdown', () => {
  const hrefs = (markdown: string): unknown[] => {
    const found: unknown[] = []
    readBody(docOf(markdown)).descendants((node) => {
      for (const mark of node.marks) if (mark.type.name === 'link') found.push(mark.attrs.href)
    })
    return found
  }

  test('addresses that run something are not links', () => {
    for (const href of [
      'JaVaScRiPt:alert(1)',
      '&#1;javascript:alert(1)',
      'java&#9;script:alert(1)',
      '&#x0A;javascript:x',
      'data:text/html,<script>',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:x',
      '&#173;javascript:x',
    ]) {
      expect(hrefs(`[a](${href}) [b](<${href}>) <${href}> ![c](${href})\n\n[d]\n\n[d]: ${href}`)).toEqual([])
    }
  })

  test('what is nested without end, never closed or repeated keeps its text and does not throw', () => {
    const many = 100_000
    for (const [markdown, kept] of [
      [`${'> '.repeat(many)}deep`, 'deep'],
      [`${'- '.repeat(many)}deep`, 'deep'],
      ['['.repeat(many), '\\['],
      ['![a]('.repeat(20_000), '!'],
      ['- a\n'.repeat(many), '- a\n- a'],
      [`| a |\n| - |\n${'| b |\n'.repeat(20_000)}`, '| b |'],
      ['<iframe srcdoc="<script>', 'iframe'],
      ['*a_ '.repeat(many), 'a'],
      ['<u>'.repeat(many), 'u'],
      ['**a'.repeat(20_000), 'a'],
    ] as const) {
      expect(roundTrip(markdown)).toContain(kept)
    }
  }, 60_000)

  test('HTML stays the text that it is', () => {
    expect(roundTrip('<script>alert(1)</script> <img src=x onerror=alert(1)>')).toBe(
      '\\<script>alert(1)\\</script> \\<img src=x onerror=alert(1)>\n',
    )
  })
})
