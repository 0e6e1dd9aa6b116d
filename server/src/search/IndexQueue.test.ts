import { DocumentId, randomId } from '@weft/shared/kit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { IndexQueue } from './IndexQueue.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const newId = (): DocumentId => DocumentId.parse(randomId())

/** A queue whose documents are taken as soon as it tells of them, with the second in which that was. */
function collecting() {
  const began = performance.now()
  const taken: { second: number; documents: DocumentId[] }[] = []
  const queue: IndexQueue = new IndexQueue(() =>
    taken.push({ second: Math.round((performance.now() - began) / 1_000), documents: queue.take(100) }),
  )
  return { queue, taken, documents: () => taken.flatMap(({ documents }) => documents) }
}

function typeFor(queue: IndexQueue, documentId: DocumentId, seconds: number): void {
  for (let times = 0; times < seconds * 2; times++) {
    queue.changed(documentId)
    vi.advanceTimersByTime(500)
  }
}

test('a document is due a second after the last edit, and once in thirty while somebody types on and on', () => {
  const { queue, taken } = collecting()
  const id = newId()
  typeFor(queue, id, 65)
  expect(taken.map(({ second }) => second)).toEqual([30, 60])
  vi.advanceTimersByTime(2_000)
  expect(taken.map(({ second, documents }) => [second, documents])).toEqual([
    [30, [id]],
    [60, [id]],
    [66, [id]],
  ])
})

test('a large document is due as seldom as it is heavy, until it is light again', () => {
  const { queue, taken } = collecting()
  const id = newId()
  queue.weighed(id, 5_000_000)
  typeFor(queue, id, 90)
  expect(taken).toHaveLength(1)
  queue.weighed(id, 1_000)
  typeFor(queue, id, 90)
  expect(taken.length).toBeGreaterThan(3)
})

test('many that become due one after the other are told of together; what is in a hurry first, alone', () => {
  const { queue, taken, documents } = collecting()
  const [first, ...others] = Array.from({ length: 40 }, newId) as [DocumentId, ...DocumentId[]]
  queue.hurry(first)
  vi.advanceTimersByTime(1)
  expect(documents()).toEqual([first])
  for (const id of others) {
    queue.hurry(id)
    vi.advanceTimersByTime(10)
  }
  vi.advanceTimersByTime(1_000)
  expect(documents()).toEqual([first, ...others])
  expect(taken).toHaveLength(2)
})

test('what is forgotten is never due, and what waits twice is due once', () => {
  const { queue, documents } = collecting()
  const [kept, dropped] = [newId(), newId()]
  queue.changed(kept)
  queue.hurry(kept)
  vi.advanceTimersByTime(60_000)
  expect(documents()).toEqual([kept])
  queue.changed(dropped)
  queue.clear()
  vi.advanceTimersByTime(60_000)
  expect(documents()).toEqual([kept])
})
