import type { ActivityEntry } from '@weft/shared/activity'
import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import { everything } from './filter.ts'
import { type Editing, followSpells, showsSpell } from './openSpells.ts'

const person = (name: string) => ({ id: UserId.parse(randomId()), name, color: '#b4322f', image: null })
const [mira, ben] = [person('Mira'), person('Ben')]
const [plan, budget] = [DocumentId.parse(randomId()), DocumentId.parse(randomId())]
const edits: Editing = { person: mira, documentId: plan }
const start = Date.UTC(2031, 4, 4, 9)
const minute = 60_000

const told = (at: number, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  seq: 1,
  at,
  type: 'document.edited',
  actorId: mira.id,
  documentId: plan,
  subjectId: null,
  detail: {},
  ...more,
})

test('whoever edits has one open spell in a document, however many pages they do it in', () => {
  const spells = followSpells([], [edits, edits, { person: mira, documentId: budget }], [], start)
  expect(spells.map(({ documentId, until }) => [documentId, until])).toEqual([
    [plan, null],
    [budget, null],
  ])
  expect(followSpells(spells, [edits, { person: mira, documentId: budget }], [], start + minute)).toBe(spells)
  expect(followSpells(spells, [edits], [], start + minute)).toMatchObject([
    { documentId: plan, from: start, until: null },
    { documentId: budget, from: start, until: start + minute },
  ])
})

test('a spell stays after its last key until the history tells of it, or it left nothing', () => {
  const open = followSpells([], [edits], [], start)
  const paused = followSpells(open, [], [told(start - 10 * minute)], start + minute)
  expect(paused).toMatchObject([{ from: start, until: start + minute }])
  const others = [told(start, { actorId: ben.id }), told(start, { documentId: budget }), told(start, { type: 'other' })]
  expect(followSpells(paused, [], others, start + 2 * minute)).toBe(paused)
  expect(followSpells(paused, [], [told(start)], start + 2 * minute)).toEqual([])
  expect(followSpells(paused, [], [], start + 13 * minute)).toEqual([])
})

test('who goes on after a part was told of still edits', () => {
  const open = followSpells([], [edits], [], start)
  expect(followSpells(open, [edits], [told(start + minute)], start + minute)).toMatchObject([{ until: null }])
})

test('a filter shows the spells that it would show when they are told', () => {
  const shown = (filter: Partial<typeof everything>) => showsSpell({ ...everything, ...filter }, edits)
  expect([{}, { person: mira.id }, { document: plan }, { kind: 'edits' as const }].map(shown)).toEqual(
    Array(4).fill(true),
  )
  const hiding = [{ person: ben.id }, { document: budget }, { kind: 'people' as const }, { search: 'mira' }]
  expect(hiding.map(shown)).toEqual(Array(4).fill(false))
})
