import '../page.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConcurrentTrace, findTrace, readConcurrentTrace } from '../../../server/bench/history/trace.ts'
import { randomness } from '../randomness.ts'
import { type Desk, openDesk } from './desk.ts'
import { readBody, replay } from './replay.ts'
import { syntheticHistory } from './syntheticHistory.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.dispose())

async function replayed(history: ConcurrentTrace, seed: number, disconnects: number, kills: number): Promise<void> {
  const { server, people } = desk
  const documentId = await desk.newDocument(`History ${seed}`)
  const result = await replay({ server, people, documentId, history, random: randomness(seed), disconnects, kills })
  expect(result.texts).toEqual([history.endContent, history.endContent])
  expect(result.disconnects, 'the network went').toBeGreaterThan(0)
  expect(result.kills).toBe(kills)
  expect(await readBody(server, people[1], documentId)).toBe(history.endContent)
  await server.kill('SIGKILL')
  await server.boot()
  expect(await readBody(server, people[0], documentId)).toBe(history.endContent)
}

test.for([1, 2])('[SAVE-1] a history with branches ends as it did, over disconnects and a kill, seed %i', (seed) =>
  replayed(syntheticHistory(randomness(seed), 400), seed, 0.03, 1),
)

test('made-up histories branch and merge', () => {
  const { txns } = syntheticHistory(randomness(1), 600)
  const children = new Map<number, number>()
  for (const parent of txns.flatMap(({ parents }) => parents)) children.set(parent, (children.get(parent) ?? 0) + 1)
  expect([...children.values()].filter((count) => count > 1).length, 'branches').toBeGreaterThan(20)
  expect(txns.filter(({ parents }) => parents.length === 2).length, 'merges').toBeGreaterThan(20)
})

const friends = process.env.WEFT_HISTORY_FRIENDS ?? findTrace('friends', undefined)
test.skipIf(friends === null)('a real history of two people ends as it did', { timeout: 900_000 }, () =>
  replayed(readConcurrentTrace(friends ?? ''), 1, 0.002, 2),
)
