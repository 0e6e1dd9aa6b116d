import { type DocumentId, randomId, type UserId } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import { HeardRuns } from './HeardRuns.ts'
import type { JournalRun } from './textPort.ts'

const documentId = randomId() as DocumentId
const [ann, ben] = [randomId() as UserId, randomId() as UserId]
const run = (seq: number, authorId: UserId | null, at: number): JournalRun => ({
  fromSeq: seq,
  toSeq: seq,
  authorId,
  fromAt: at,
  toAt: at,
  edits: 1,
  added: 2,
  removed: 1,
  mentions: [],
})

test('keys of two who type at once become a run of each, and are handed out once', () => {
  const heard = new HeardRuns()
  heard.readTo(documentId, 4)
  heard.add(documentId, [run(5, ann, 100), run(6, ben, 200), run(7, ann, 900)])
  heard.add(documentId, [run(8, ben, 1_100), run(9, ann, 1_200)])
  const first = { ...run(5, ann, 100), toSeq: 7, toAt: 900, edits: 2, added: 4, removed: 2 }
  const second = { ...run(6, ben, 200), toSeq: 8, toAt: 1_100, edits: 2, added: 4, removed: 2 }
  // More than a second after Ann's first.
  expect(heard.take(documentId, 4)).toEqual({ toSeq: 9, runs: [first, second, run(9, ann, 1_200)] })
  heard.add(documentId, [run(10, ann, 2_000)])
  expect(heard.take(documentId, 9)?.runs).toEqual([run(10, ann, 2_000)])
  expect(heard.take(documentId, 10)).toBeNull()
})

test('what is not known whole is not handed out: before the first count, over a gap, after a count by somebody else', () => {
  const heard = new HeardRuns()
  expect(heard.take(documentId, 0)).toBeNull()
  heard.add(documentId, [run(3, ann, 1)])
  expect(heard.take(documentId, 0)).toBeNull()
  heard.readTo(documentId, 3)
  heard.add(documentId, [run(4, ann, 1), run(6, ann, 2)])
  expect(heard.take(documentId, 3)).toBeNull()
  heard.readTo(documentId, 6)
  heard.add(documentId, [run(7, ann, 3)])
  expect(heard.take(documentId, 5)).toBeNull()
})

test('rows that the journal was read beyond are not counted again', () => {
  const heard = new HeardRuns()
  heard.readTo(documentId, 5)
  heard.add(documentId, [run(4, ann, 1), run(5, ann, 2), run(6, ben, 3)])
  expect(heard.take(documentId, 5)?.runs).toEqual([run(6, ben, 3)])
})

test('a mention stays in a run of its own', () => {
  const heard = new HeardRuns()
  const mentions = [{ userId: ben, mentionId: randomId() as never }]
  heard.readTo(documentId, 0)
  heard.add(documentId, [run(1, ann, 1), { ...run(2, ann, 2), mentions }, run(3, ann, 3)])
  expect(heard.take(documentId, 0)?.runs).toEqual([run(1, ann, 1), { ...run(2, ann, 2), mentions }, run(3, ann, 3)])
})

test('a document that rests is forgotten, and so is one of which nobody takes what was heard', () => {
  const heard = new HeardRuns()
  // Told of again, a row that was read is skipped, but only as long as that is known.
  const toldAgain = (sweeps: number) => {
    heard.readTo(documentId, 2)
    for (let times = 0; times < sweeps; times++) heard.sweep()
    heard.add(documentId, [run(2, ann, 1), run(3, ann, 2)])
    return heard.take(documentId, 2)?.runs ?? null
  }
  expect(toldAgain(1)).toEqual([run(3, ann, 2)])
  expect(toldAgain(2)).toBeNull()
  heard.readTo(documentId, 0)
  for (let seq = 1; seq <= 1_500; seq++) heard.add(documentId, [run(seq, ann, seq * 2_000)])
  expect(heard.take(documentId, 0)).toBeNull()
})
