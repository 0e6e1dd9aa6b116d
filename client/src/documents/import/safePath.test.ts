import { expect, test } from 'vitest'
import { isHidden, resolved, safePath } from './safePath.ts'

test.for([
  ['notes/a.md', 'notes/a.md'],
  ['./a.md', 'a.md'],
  ['notes\\a.md', 'notes/a.md'],
  ['../a.md', null],
  ['notes/../../a.md', null],
  ['..\\a.md', null],
  ['/etc/passwd', null],
  ['C:\\a.md', null],
  ['notes//a.md', null],
  ['a\0.md', null],
  ['', null],
  [`${'a/'.repeat(30)}a.md`, null],
  ['a'.repeat(1_001), null],
] as const)('%j is %j', ([name, expected]) => expect(safePath(name)).toBe(expected))

test('what programs leave beside is known', () => {
  expect(['__MACOSX/a.md', '.git/a.md', 'a/.DS_Store', 'Thumbs.db'].every(isHidden)).toBe(true)
  expect(isHidden('a/b.md')).toBe(false)
})

test.for([
  ['a/b.md', 'c.md', 'a/c.md'],
  ['a/b.md', './c%20d.md#part', 'a/c d.md'],
  ['a/b.md', '../c.md?x=1', 'c.md'],
  ['b.md', '../c.md', null],
  ['b.md', 'https://example.org/c.md', null],
  ['b.md', 'mailto:a@b.c', null],
  ['b.md', '/c.md', null],
  ['b.md', '#part', null],
  ['b.md', '%E0%A4%A', '%E0%A4%A'],
] as const)('from %j to %j: %j', ([from, address, expected]) => expect(resolved(from, address)).toBe(expected))
