import { expect, test } from 'vitest'
import { create, kept, move, remove, rename } from '../testing/commands.ts'
import { someDocument } from '../testing/people.ts'
import type { OutboxRow } from './OutboxRow.ts'
import { planOf } from './plan.ts'

const free = () => false
const readyOf = (rows: OutboxRow[], sending: OutboxRow[] = [], held = free as (row: OutboxRow) => boolean) => {
  const { ready } = planOf(rows, new Set(sending.map(({ commandId }) => commandId)), held)
  return ready.map(({ order }) => order)
}

test('[EVENT-4] what names a document waits until that is made; other chains go on beside it', () => {
  const [a, b] = [someDocument(), someDocument()]
  const rows = kept(create(a), create(undefined, a), rename(a), rename(b), rename(b))
  expect(readyOf(rows)).toEqual([0, 3])
  const [made, ...rest] = rows as [OutboxRow, ...OutboxRow[]]
  expect(readyOf([{ ...made, state: 'done' }, ...rest])).toEqual([1, 3])
})

test('what goes into the trash waits for what leaves it first, and what comes after waits for it', () => {
  const [a, b, c] = [someDocument(), someDocument(), someDocument()]
  const leaving = { ...move(b, c), reads: [c, a] }
  expect(readyOf(kept(leaving, { ...remove(a), writes: [a] }, move(c, a)))).toEqual([0])
})

test('two that only count on the same document do not wait for each other, but are put there one after the other', () => {
  const [a, b, parent] = [someDocument(), someDocument(), someDocument()]
  const rows = kept(move(a, parent), move(b, parent), rename(someDocument()))
  expect(readyOf(rows)).toEqual([0, 2])
  expect(readyOf(rows, rows.slice(0, 1))).toEqual([2])
  // One that fares badly by itself does not hold up the place.
  expect(readyOf(rows, [], (row) => row.order === 0)).toEqual([1, 2])
})

test('what needs a document whose making was refused is lost, and what needs that; the rest is not', () => {
  const [a, b] = [someDocument(), someDocument()]
  const rows = kept(create(a), create(b, a), rename(b), rename(someDocument()))
  rows[0] = { ...(rows[0] as OutboxRow), state: 'refused' }
  const { lost, ready } = planOf(rows, new Set(), free)
  expect(lost.map(({ order }) => order)).toEqual([1, 2])
  expect(ready.map(({ order }) => order)).toEqual([3])
})
