import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { expect, test } from 'vitest'
import { readAwareness } from './awarenessFrames.ts'
import { StatesFrame } from './awarenessStatesFrame.ts'

const awarenessType = 1

/** The client ids that a frame's body names, read as a client reads it; null: no frame. */
function named(body: Uint8Array | null): number[] | null {
  if (body === null) return null
  const decoder = createDecoder(body)
  expect(readVarUint(decoder)).toBe(awarenessType)
  const entries = readAwareness(readVarUint8Array(decoder))
  expect(decoder.pos).toBe(body.length)
  return entries?.map(({ clientId }) => clientId) ?? null
}

const states = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    clientId: index * 30_000_000,
    clock: 1_700_000_000_000 + index,
    json: index === 3 ? null : JSON.stringify({ user: { name: `Žofie ${'x'.repeat(index)}` } }),
  }))

// The count of states is a number of one byte up to 127.
test.each([1, 2, 5, 127, 128, 129])('of %i states, each reader gets all but their own', (count) => {
  const all = states(count).map(({ clientId }) => clientId)
  const frame = new StatesFrame(states(count))
  expect(named(frame.bodyFor([]))).toEqual(all)
  expect(named(frame.bodyFor([7]))).toEqual(all)
  for (const own of [[0], [all.at(-1) ?? 0], [...all.slice(0, 2)].reverse()]) {
    const others = all.filter((clientId) => !own.includes(clientId))
    expect(named(frame.bodyFor(own))).toEqual(others.length === 0 ? null : others)
  }
})

test('there is no frame of nothing', () => {
  expect(new StatesFrame([]).bodyFor([])).toBeNull()
  expect(new StatesFrame([]).bodyFor([1])).toBeNull()
})
