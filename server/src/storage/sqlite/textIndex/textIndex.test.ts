import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomId } from '@weft/shared/kit'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { describeTextIndex } from '../../textIndexSuite.ts'
import { openSqlite } from '../openSqlite.ts'
import { markedText } from './marked.ts'
import { partLength, partsOf } from './parts.ts'
import { markEnd, markStart, spaced, unspacedAgain } from './spacing.ts'

const root = mkdtempSync(join(tmpdir(), 'weft-index-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describeTextIndex('the text index in SQLite', () => openSqlite({ file: join(root, randomId(), 'weft.db') }))

test('spaces that the index puts between characters are gone when it is shown', () => {
  expect(spaced('東京 tower2031年')).toBe('東\u200b京 tower2031\u200b年')
  const text = fc.string({
    unit: fc.constantFrom('東', '京', 'か', '서', 'a', '1', ' ', 'é', '😀', 'ก', 'ั'),
    maxLength: 40,
  })
  fc.assert(
    fc.property(text, (written) => {
      expect(unspacedAgain(spaced(written))).toBe(written)
    }),
  )
})

test('marks are told as ranges of the text without them', () => {
  const on = (text: string) => `${markStart}${text}${markEnd}`
  expect(markedText(`a ${on('b')}${on('c')} ${on('d')}`)).toEqual({
    text: 'a bc d',
    marks: [
      [2, 4],
      [5, 6],
    ],
  })
  expect(markedText(`${on('東\u200b京')}\u200b${on('都')}`)).toEqual({ text: '東京都', marks: [[0, 3]] })
  expect(markedText('')).toEqual({ text: '', marks: [] })
})

test('parts are the whole body, bounded, and cut no character', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '😀', ' '), minLength: 1, maxLength: 30_000 })
  const body = fc
    .array(fc.tuple(line, fc.constantFrom('', '\n')), { maxLength: 8 })
    .map((lines) => lines.flat().join(''))
  fc.assert(
    fc.property(body, (text) => {
      const parts = partsOf(text)
      expect(parts.join('')).toBe(text)
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(partLength + 1)
        expect(part.isWellFormed()).toBe(true)
      }
    }),
    { numRuns: 50 },
  )
})
