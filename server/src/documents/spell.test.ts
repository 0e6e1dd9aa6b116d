import { randomId, UserId } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import { isOver, type Spell, spellLongest, spellPause, takeIn } from './spell.ts'

const ann = UserId.parse(randomId())
const ben = UserId.parse(randomId())
const minute = 60_000
let seq = 0
const row = (authorId: UserId | null, at: number) => {
  seq++
  return { fromSeq: seq, toSeq: seq, authorId, fromAt: at, toAt: at, edits: 1, added: 2, removed: 1, mentions: [] }
}

test('edits of one author without a longer pause are one spell; the server writes none', () => {
  const open = new Map<UserId, Spell>()
  for (const at of [0, 1, 9 * minute]) expect(takeIn(open, row(ann, at))).toBeNull()
  expect(takeIn(open, row(ben, 9 * minute))).toBeNull()
  expect(takeIn(open, row(null, 9 * minute))).toBeNull()
  expect([...open.values()]).toEqual([
    { authorId: ann, fromAt: 0, toAt: 9 * minute, edits: 3, added: 6, removed: 3 },
    { authorId: ben, fromAt: 9 * minute, toAt: 9 * minute, edits: 1, added: 2, removed: 1 },
  ])
})

test('ten idle minutes end it, and so do sixty in all; others go on', () => {
  const open = new Map<UserId, Spell>()
  takeIn(open, row(ben, 0))
  takeIn(open, row(ann, 0))
  const idle = takeIn(open, row(ann, spellPause))
  expect(idle).toMatchObject({ authorId: ann, fromAt: 0, toAt: 0, edits: 1 })
  for (let at = spellPause; at < spellPause + spellLongest; at += minute) {
    expect(takeIn(open, row(ann, at))).toBeNull()
  }
  const long = takeIn(open, row(ann, spellPause + spellLongest))
  expect(long).toMatchObject({ fromAt: spellPause, toAt: spellPause + spellLongest - minute })
  expect(open.get(ann)).toMatchObject({ fromAt: spellPause + spellLongest, edits: 1 })
  expect(open.get(ben)?.edits).toBe(1)
})

test('what is over by the clock ends nothing that its next edit would not have ended', () => {
  const spell = { authorId: ann, fromAt: 0, toAt: 5, edits: 1, added: 0, removed: 0 }
  for (const now of [spellPause - 1, spellPause + 5, spellLongest]) {
    const open = new Map([[ann, spell]])
    expect(takeIn(open, row(ann, now)) !== null).toBe(isOver(spell, now))
  }
})

test('a clock that is set back makes no spell that ends before it began', () => {
  const open = new Map<UserId, Spell>()
  takeIn(open, row(ann, 1_000))
  takeIn(open, row(ann, 10))
  expect(open.get(ann)).toMatchObject({ fromAt: 1_000, toAt: 1_000, edits: 2 })
})
