import { afterEach, expect, it, vi } from 'vitest'
import { typeManyKeys } from '../bench/manyKeys.ts'
import { startMeasured, stopMeasured } from './measuredServer.ts'
import { random } from './random.ts'
import { RawClient } from './rawClient.ts'
import { storedBytes } from './storedBytes.ts'
import { channelOf, startSyncServer, stopAll, textOf } from './syncServer.ts'

afterEach(async () => {
  await stopMeasured()
  await stopAll()
})

/** The whole million takes a minute and more: `node server/bench/keys.ts`. */
const count = 100_000
const seed = 20_261_121
/** What a server that has done something may hold beyond what it held when it started. Bytes. */
const warmth = 10 << 20

it(`${count} one-character inserts and deletes are stored, folded and let go (seed ${seed})`, async () => {
  const first = await startSyncServer()
  const [alice, documentId] = [await first.member(), await first.document()]
  const token = first.token(alice)
  await first.stop()
  const server = await startMeasured(first.dir, { editsPerSecond: 100_000, framesPerSecond: 100_000 })
  const before = await server.measure()

  const address = channelOf(documentId)
  const writer = new RawClient(server.url)
  const written = await writer.join(address, token)
  await typeManyKeys(writer, address, written, { count, next: random(seed) })
  await writer.end()
  const after = await server.until('the unload', ({ channels, sockets }) => channels + sockets === 0)
  expect(after.bytes - before.bytes).toBeLessThan(warmth)

  await vi.waitFor(() => expect(storedBytes(first.dir).rows).toBeLessThan(count / 100), 30_000)
  const stored = storedBytes(first.dir)
  expect(stored.integrity).toBe('ok')
  // Half of the keys are inserts: what is left of a deleted one is a dozen bytes, and less in the packed history.
  expect(stored.snapshotBytes + stored.rowBytes + stored.segmentBytes).toBeLessThan(count * 16)

  const reader = new RawClient(server.url)
  expect(textOf(await reader.join(address, token))).toBe(textOf(written))
  await reader.end()
})
