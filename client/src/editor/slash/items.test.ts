import { expect, test } from 'vitest'
import { blockChoices, matching } from './items.ts'

const nameOf = ({ id }: { id: string }): string => id

test('the slash menu finds by name and keyword, names that start so first', () => {
  expect(matching('', nameOf)).toHaveLength(blockChoices.length)
  expect(matching('ta', nameOf).map(nameOf).slice(0, 2)).toEqual(['taskList', 'table'])
  expect(matching('todo', nameOf).map(nameOf)).toEqual(['taskList'])
  expect(matching('H2', nameOf).map(nameOf)).toEqual(['heading2'])
  expect(matching('zzz', nameOf)).toEqual([])
})
