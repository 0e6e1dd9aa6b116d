import { WeftError } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import { OfflineError } from '../../kit/index.ts'
import { carriedBy, retryAfter } from './carry.ts'

test('only the server’s own no refuses', () => {
  expect(carriedBy(new WeftError('not-permitted', 'No.'), null)).toEqual({
    outcome: 'refused',
    refusal: { why: 'not-permitted', message: 'No.' },
  })
  expect(carriedBy(new WeftError('conflict', 'Taken.'), null)).toMatchObject({ outcome: 'refused' })
  expect(carriedBy(new WeftError('signed-out', 'Who?'), null)).toEqual({ outcome: 'signed-out' })
  // A proxy's 403, a café's page with status 200, a cut connection.
  for (const error of [new Error('Forbidden'), new SyntaxError('<html>'), new OfflineError()])
    expect(carriedBy(error, null)).toEqual({ outcome: 'later', all: true, after: null })
})

test('a server that is busy holds up all commands, one that fails at a command only that one', () => {
  expect(carriedBy(new WeftError('too-many', ''), 4_000)).toEqual({ outcome: 'later', all: true, after: 4_000 })
  expect(carriedBy(new WeftError('storage-stopped', ''), null)).toMatchObject({ all: true })
  expect(carriedBy(new WeftError('internal', ''), null)).toMatchObject({ all: false })
})

test('Retry-After comes in seconds or as a date, or says nothing', () => {
  const now = Date.parse('Sat, 21 Nov 2026 10:00:00 GMT')
  expect(retryAfter('7', now)).toBe(7_000)
  expect(retryAfter('Sat, 21 Nov 2026 10:00:30 GMT', now)).toBe(30_000)
  expect(retryAfter('Sat, 21 Nov 2026 09:00:00 GMT', now)).toBe(0)
  for (const nothing of [null, '', 'soon']) expect(retryAfter(nothing, now)).toBeNull()
})
