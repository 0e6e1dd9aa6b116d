import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const named = [
  ...readFileSync(new URL('docs/reliability.md', root), 'utf8').matchAll(
    /`([^`]+\.(?:test|spec)\.ts)`: (.+?)(?=<br>| +\|)/g,
  ),
].map(([, file = '', title = '']): [string, string] => [file, title])

test('docs/reliability.md names tests that there are', () => {
  expect(named.length).toBeGreaterThan(50)
  const gone = named.filter(([file, title]) => !readFileSync(new URL(file, root), 'utf8').includes(title))
  expect(gone).toEqual([])
})
