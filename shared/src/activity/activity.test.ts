import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventFact } from '../events/index.ts'
import { DocumentId, randomId, UserId, WorkspaceId } from '../kit/index.ts'
import { type ActivityEntry, activityOf, groupActivity, localTimeIn, newestFirst, partOfDay } from './index.ts'

const [ann, ben] = [UserId.parse(randomId()), UserId.parse(randomId())]
const [budget, plan] = [DocumentId.parse(randomId()), DocumentId.parse(randomId())]
const utc = localTimeIn('UTC')
const morning = Date.UTC(2031, 4, 4, 9)
const hour = 3_600_000

let seq = 0
const entry = (more: Partial<ActivityEntry>): ActivityEntry => ({
  seq: ++seq,
  at: morning,
  type: 'document.edited',
  actorId: ann,
  documentId: budget,
  subjectId: null,
  detail: {},
  ...more,
})

test('who edited what how often in which part of the day is one group, the newest first', () => {
  const [first, other, second, byBen, later] = [
    entry({}),
    entry({ documentId: plan, at: morning + 1 }),
    entry({ at: morning + 2 * hour }),
    entry({ actorId: ben, at: morning + 1 }),
    entry({ at: morning + 4 * hour }),
  ]
  const groups = groupActivity([first, other, second, byBen, later], utc)
  expect(groups.map(({ part, actorId, documentId, entries }) => [part, actorId, documentId, entries])).toEqual([
    ['afternoon', ann, budget, [later]],
    ['morning', ann, budget, [second, first]],
    ['morning', ben, budget, [byBen]],
    ['morning', ann, plan, [other]],
  ])
})

test('a day ends where the reader is, also when the clock is put forward', () => {
  const lateUtc = Date.UTC(2031, 2, 29, 23, 30)
  expect(localTimeIn('UTC')(lateUtc)).toEqual({ day: '2031-03-29', hour: 23 })
  expect(localTimeIn('Europe/Berlin')(lateUtc)).toEqual({ day: '2031-03-30', hour: 0 })
  expect(localTimeIn('Europe/Berlin')(lateUtc + 2 * hour)).toEqual({ day: '2031-03-30', hour: 3 })
  expect([0, 4, 5, 11, 12, 17, 18, 23].map(partOfDay)).toEqual([
    'night',
    'night',
    'morning',
    'morning',
    'afternoon',
    'afternoon',
    'evening',
    'evening',
  ])
})

test('people who join are told of one by one; people who are let into a document together', () => {
  const joined = [ann, ben].map((subjectId) => entry({ type: 'member.joined', documentId: null, subjectId }))
  expect(groupActivity(joined, utc)).toHaveLength(2)
  const let_ = [ann, ben].map((subjectId) => entry({ type: 'document.access-changed', subjectId }))
  expect(groupActivity(let_, utc)).toHaveLength(1)
})

test('groups are the same in whatever order and however often entries come, and keep their keys as older ones arrive', () => {
  const some = fc.record({
    seq: fc.integer({ min: 1, max: 1_000_000 }),
    at: fc.integer({ min: morning - 48 * hour, max: morning }),
    actorId: fc.constantFrom(ann, ben),
    documentId: fc.constantFrom(budget, plan, null),
  })
  const entries = fc.uniqueArray(some.map(entry), { selector: (made) => made.seq, maxLength: 60 })
  fc.assert(
    fc.property(entries, fc.nat(), (all, cut) => {
      const groups = groupActivity(all, utc)
      expect(groupActivity([...all, ...all.toReversed()], utc)).toEqual(groups)
      const sorted = all.toSorted(newestFirst)
      expect(groups.flatMap((group) => group.entries).toSorted(newestFirst)).toEqual(sorted)
      const keys = groups.map(({ key }) => key)
      const fewer = groupActivity(sorted.slice(0, cut % (sorted.length + 1)), utc).map(({ key }) => key)
      expect(keys.slice(0, fewer.length)).toEqual(fewer)
    }),
  )
})

test('[ACCESS-5] each event makes a line of ids at most; of a removed tree its uppermost document alone', () => {
  const scope = WorkspaceId.parse(randomId())
  const line = (fact: EventFact) => activityOf({ scope, seq: 7, at: morning, actorId: ann, fact })
  expect(line({ type: 'document.removed', documentIds: [budget, plan] })).toEqual({
    seq: 7,
    at: morning,
    type: 'document.removed',
    actorId: ann,
    documentId: budget,
    subjectId: null,
    detail: {},
  })
  expect(line({ type: 'member.joined', userId: ben, role: 'guest' })).toMatchObject({
    subjectId: ben,
    detail: { role: 'guest' },
  })
  const edited = { type: 'document.edited', documentId: plan, from: 1, to: 5, edits: 3, added: 2, removed: 1 } as const
  expect(line(edited)).toMatchObject({ at: 5, documentId: plan, detail: { from: 1, edits: 3, added: 2, removed: 1 } })
  expect(line({ type: 'document.set-aside', documentId: plan })).toBeNull()
})
