import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { limitNames, limitTable, limitVariable } from './limits.ts'

const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')

test.for(limitNames)('[LIMIT-1] %s has its row in the documentation, with its default', (name) => {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${limitVariable(name)}\``))
  expect(row).toContain(`| ${limitTable[name].default.toLocaleString('en')} |`)
})
