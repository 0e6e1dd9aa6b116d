import { must, randomId, UserId } from '@weft/shared/kit'
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { expect, test } from 'vitest'
import { readAwareness } from './awarenessFrames.ts'
import { bounds, patience } from './bounds.ts'
import { ChannelAwareness } from './channelAwareness.ts'
import type { ChannelMember } from './channelMember.ts'

const everybody = () => true

class Reader implements ChannelMember {
  readonly userId = UserId.parse(randomId())
  readonly following = true
  readonly awarenessIds: readonly number[]
  readonly #bodies: Uint8Array[] = []

  constructor(clientId: number) {
    this.awarenessIds = [clientId]
  }

  /** The client ids of each frame that came since this was last asked. */
  heard(): number[][] {
    return this.#bodies.splice(0).map((body) => {
      const decoder = createDecoder(body)
      readVarUint(decoder)
      return readAwareness(readVarUint8Array(decoder))?.map(({ clientId }) => clientId) ?? []
    })
  }

  send(body: Uint8Array): void {
    this.#bodies.push(body)
  }

  say(): void {}
  released(): void {}
  close(): void {}
}

function room(size: number, arrivedEvery: number) {
  let now = 1_700_000_000_000
  const awareness = new ChannelAwareness(() => now)
  const readers = Array.from({ length: size }, (_, index) => new Reader(index + 1))
  for (const [index, reader] of readers.entries()) {
    awareness.set(reader, index + 1, { here: true })
    now += arrivedEvery
  }
  awareness.flush(readers, everybody)
  for (const reader of readers) reader.heard()
  return {
    readers,
    /** What each reader gets in as many seconds, one tick in each. */
    pass: (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        now += 1000
        awareness.renew(readers, everybody)
      }
    },
  }
}

/** Clients forget whom they have not heard of for as long, by y-protocols. Seconds. */
const forgotten = 30

test('[LIMIT-4] what a few people say unchanged leaves as one frame for all of them', () => {
  const { readers, pass } = room(10, 500)
  pass(patience.renewal / 1000 + 1)
  for (const reader of readers) {
    expect(reader.heard().map((ids) => ids.length)).toEqual([9])
  }
})

test('[LIMIT-4] a thousand people are renewed some at a time, and nobody is forgotten', () => {
  const size = 1_000
  const { readers, pass } = room(size, 0)
  const listener = must(readers[0], 'somebody who listens')
  pass(forgotten - 1)
  const frames = listener.heard()
  const largest = Math.max(...frames.map((ids) => ids.length))
  expect(largest).toBeLessThanOrEqual(Math.max(bounds.renewedAtOnce, (size * 4000) / patience.renewal))
  expect(new Set(frames.flat())).toEqual(new Set(readers.slice(1).map((_, index) => index + 2)))
  pass(61)
  // In 90 seconds at least once in each 30, and no sooner again than after three quarters of the renewal.
  const times = new Map<number, number>()
  for (const id of [...frames, ...listener.heard()].flat()) times.set(id, (times.get(id) ?? 0) + 1)
  expect(Math.min(...times.values())).toBeGreaterThanOrEqual(3)
  expect(Math.max(...times.values())).toBeLessThanOrEqual(6)
})
