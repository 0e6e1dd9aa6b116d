import { expect, it } from 'vitest'
import { nameMatches } from './nameMatches.ts'

it.each([
  ['Ada King of Lovelace', '', true],
  ['Ada King of Lovelace', 'lov', true],
  ['Ada King of Lovelace', 'king ad', true],
  ['Ada King of Lovelace', 'ing', false],
  ['Émile Zola', 'emile', true],
  ['Émile Zola', ' ÉM-zo ', true],
  ['Émile Zola', 'zolas', false],
  ['李 小龍', '小', true],
])('%j is found by %j: %j', (name, typed, found) => expect(nameMatches(name, typed)).toBe(found))
