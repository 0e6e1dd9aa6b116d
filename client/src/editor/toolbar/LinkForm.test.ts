import { expect, test } from 'vitest'
import { hrefFrom } from './LinkForm.tsx'

test('what people type as an address becomes one that can be opened, or none', () => {
  expect(hrefFrom(' example.org/x ')).toBe('https://example.org/x')
  expect(hrefFrom('localhost.test:3000')).toBe('https://localhost.test:3000')
  expect(hrefFrom('ada@example.org')).toBe('mailto:ada@example.org')
  expect(hrefFrom('http://a.b')).toBe('http://a.b')
  expect(hrefFrom('#part')).toBe('#part')
  expect(hrefFrom('/d/abc')).toBe('/d/abc')
  for (const bad of [
    '',
    'JaVaScRiPt:alert(1)',
    'java\tscript:x',
    '\u0001javascript:x',
    'data:text/html,x',
    'vbscript:x',
  ])
    expect(hrefFrom(bad)).toBeNull()
})
