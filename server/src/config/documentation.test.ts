import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { limitNames, limitTable, limitVariable } from './limits.ts'

const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')
const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))

test.for(limitNames)('[LIMIT-1] %s has its row in the documentation', (name) => {
  const { default: value, unit, why } = limitTable[name]
  const row = rows.find((cells) => cells[1] === `\`${limitVariable(name)}\``)
  expect(row?.slice(2, 5)).toEqual([value.toLocaleString('en'), unit, why])
})
