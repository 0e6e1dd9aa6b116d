import { expect, it } from 'vitest'
import { safePath } from './useEnter.ts'

it.each([
  ['/w/abc/d/def?x=1', '/w/abc/d/def?x=1'],
  [null, '/'],
  ['', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('after signing in, %j leads to %j', (next, path) => expect(safePath(next)).toBe(path))
