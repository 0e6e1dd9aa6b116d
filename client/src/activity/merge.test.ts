import type { ActivityEntry } from '@weft/shared/activity'
import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import type { WindowView } from '../live/index.ts'
import { everything, type Filter, readFilter, toQuery, writeFilter } from './filter.ts'
import { mergeEntries } from './merge.ts'

const [ann, ben] = [UserId.parse(randomId()), UserId.parse(randomId())]
const document = DocumentId.parse(randomId())

const entry = (seq: number, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  seq,
  at: seq * 1_000,
  type: 'document.edited',
  actorId: ann,
  documentId: document,
  subjectId: null,
  detail: {},
  ...more,
})

const windowOf = (...entries: ActivityEntry[]): WindowView => ({
  entries: new Map(entries.map((one) => [String(one.seq), one])),
  meta: {},
  seq: 0,
  live: true,
  closed: null,
})

const seqs = (entries: readonly ActivityEntry[]) => entries.map(({ seq }) => seq)

test('what happens while one looks comes on top, once, and in its place by time', () => {
  const read = { entries: [entry(5), entry(4)], more: true }
  const views = [windowOf(entry(5), entry(6), entry(8, { at: 4_500 })), windowOf(entry(7))]
  expect(seqs(mergeEntries(read, views, everything))).toEqual([7, 6, 5, 8, 4])
})

test('what is older than the last entry read waits for its page, in which the others are', () => {
  const views = [windowOf(entry(1), entry(6))]
  expect(seqs(mergeEntries({ entries: [entry(5), entry(4)], more: true }, views, everything))).toEqual([6, 5, 4])
  expect(seqs(mergeEntries({ entries: [entry(5), entry(4)], more: false }, views, everything))).toEqual([6, 5, 4, 1])
  // While the first page is on its way there is nothing to compare with; without a server this is all there is.
  expect(mergeEntries({ entries: [], more: true }, views, everything)).toEqual([])
  expect(seqs(mergeEntries({ entries: [], more: false }, views, everything))).toEqual([6, 1])
})

test('what does not pass the filter does not come; whether a search finds it only the server knows', () => {
  const read = { entries: [], more: false }
  const views = [windowOf(entry(1), entry(2, { actorId: ben }), entry(3, { type: 'member.joined', documentId: null }))]
  const shown = (filter: Partial<Filter>) => seqs(mergeEntries(read, views, { ...everything, ...filter }))
  expect(shown({ person: ben })).toEqual([2])
  expect(shown({ document })).toEqual([2, 1])
  expect(shown({ kind: 'people' })).toEqual([3])
  expect(shown({ kind: 'edits', person: ann })).toEqual([1])
  expect(shown({ search: 'x' })).toEqual([])
})

test('what is in a window and is no entry is passed over: a newer server may say more', () => {
  const odd: WindowView = {
    ...windowOf(entry(2)),
    entries: new Map<string, unknown>([
      ['1', { odd: true }],
      ['2', entry(2)],
    ]),
  }
  expect(seqs(mergeEntries({ entries: [], more: false }, [odd], everything))).toEqual([2])
})

test('a filter is the same after it was in an address; what is none is left out', () => {
  const filter: Filter = { person: ann, document, kind: 'access', span: 'week', search: 'büdget & more' }
  expect(readFilter(new URLSearchParams(writeFilter(filter).toString()))).toEqual(filter)
  expect(readFilter(new URLSearchParams('person=x&kind=__proto__&span=eon'))).toEqual(everything)
  expect(toQuery(filter, 700_000_000)).toEqual({
    actorId: ann,
    documentId: document,
    types:
      'document.access-changed,document.restriction-changed,document.link-made,document.link-changed,document.link-ended',
    from: 700_000_000 - 6 * 86_400_000,
    search: 'büdget & more',
  })
})
