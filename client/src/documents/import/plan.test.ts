import { expect, test } from 'vitest'
import { documentAt, planImport } from './plan.ts'

const plan = (files: Record<string, string>) => planImport(new Map(Object.entries(files)))
/** The tree by titles. */
function tree(files: Record<string, string>): string[] {
  const { documents } = plan(files)
  const titleOf = (id: string | null): string => {
    const found = documents.find((document) => document.id === id)
    return found ? `${titleOf(found.parentId)}/${found.title}` : ''
  }
  return documents.map(({ id, markdown }) => `${titleOf(id)}${markdown === null ? ' (empty)' : ''}`)
}

test('folders nest, parents come first, and names are in their order', () => {
  expect(
    tree({ 'a/b/deep.md': 'x', 'a/10.md': 'x', 'a/2.md': 'x', 'top.md': '# The top\n\nx', 'z/only.txt': 'x' }),
  ).toEqual(['/a (empty)', '/The top', '/z (empty)', '/a/2', '/a/10', '/a/b (empty)', '/z/only', '/a/b/deep'])
})

test('a folder says what a file of its name, or its README, says', () => {
  expect(tree({ 'guide/README.md': '# The guide\n\nHello', 'guide/a.md': 'x' })).toEqual(['/The guide', '/The guide/a'])
  expect(tree({ 'guide/index.md': 'Hello', 'guide/a.md': 'x' })).toEqual(['/guide', '/guide/a'])
  expect(tree({ 'guide.md': 'Hello', 'guide/README.md': 'Read me', 'guide/a.md': 'x' })).toEqual([
    '/guide',
    '/guide/a',
    '/guide/README',
  ])
})

test('names as other programs write them', () => {
  const id = '0123456789abcdef0123456789abcdef'
  expect(tree({ [`Page ${id}.md`]: 'x', [`Page ${id}/Sub ${id}.md`]: 'x' })).toEqual(['/Page', '/Page/Sub'])
  expect(tree({ 'post.md': '---\ntitle: "A post"\ndate: 2031-01-01\n---\nHello' })).toEqual(['/A post'])
  expect(plan({ 'post.md': '---\ntitle: A post\n---\nHello' }).documents[0]?.markdown).toBe('Hello')
})

test('relative addresses lead to documents', () => {
  const made = plan({ 'a/b.md': 'x', 'a/c d.md': 'x', 'e/README.md': 'x', 'top.md': 'x' })
  const to = (from: string, address: string) => {
    const id = documentAt(made, from, address)
    return made.documents.find((document) => document.id === id)?.path ?? null
  }
  expect(to('a/b.md', 'c%20d.md#part')).toBe('a/c d.md')
  expect(to('a/b.md', '../top')).toBe('top.md')
  expect(to('top.md', 'e/')).toBe('e/README.md')
  expect(to('top.md', './e/README.md')).toBe('e/README.md')
  expect(to('top.md', 'missing.md')).toBeNull()
  expect(to('top.md', '../../etc/passwd')).toBeNull()
  expect(to('top.md', 'https://example.org/top.md')).toBeNull()
})
