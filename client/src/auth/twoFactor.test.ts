import { expect, test } from 'vitest'
import { backupCodeOf, digitsOf } from './twoFactor.ts'

test('codes are read as people type them', () => {
  expect(['123456', '123 456', ' 123-456 '].map(digitsOf)).toEqual(['123456', '123456', '123456'])
  const typed = ['aB3dE-fGh1j', 'aB3dEfGh1j', ' aB3dE fGh1j ', 'aB3dE - fGh1j']
  expect(new Set(typed.map(backupCodeOf))).toEqual(new Set(['aB3dE-fGh1j']))
  expect([backupCodeOf(''), backupCodeOf('abc'), backupCodeOf('abcde')]).toEqual(['', 'abc', 'abcde'])
})
