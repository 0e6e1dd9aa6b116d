import { afterEach, expect, it } from 'vitest'
import { startMeasured, stopMeasured } from './measuredServer.ts'
import { RawClient } from './rawClient.ts'
import { channelOf, edit, startSyncServer, stopAll, textOf } from './syncServer.ts'

const clients: RawClient[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await stopMeasured()
  await stopAll()
})

const megabyte = 1 << 20
const pieces = 1_000
/** Small enough for the memory that a fold takes for a moment to be out of the way. Characters. */
const piece = 100_000
/** Pieces that are not acknowledged yet. */
const inFlight = 10

it('[LIMIT-2] under 100 MB of text a reader that does not read costs little and is cut off; the others get it all', {
  timeout: 180_000,
}, async () => {
  const first = await startSyncServer()
  const [alice, bob, carol, documentId] = [
    await first.member(),
    await first.member(),
    await first.member(),
    await first.document(),
  ]
  const address = channelOf(documentId)
  const tokens = [alice, bob, carol].map((person) => first.token(person))
  await first.stop()
  const server = await startMeasured(first.dir, { bytesPerSecond: 1e9, editsPerSecond: 1e6 })
  const [writer, reader, slow] = tokens.map(() => new RawClient(server.url))
  if (writer === undefined || reader === undefined || slow === undefined) throw new Error('three clients')
  clients.push(writer, reader, slow)
  const doc = await writer.join(address, tokens[0] ?? '')
  await reader.join(address, tokens[1] ?? '')
  await slow.join(address, tokens[2] ?? '')
  const text = doc.getText('t')
  slow.ws.pause()

  const before = await server.measure()
  const held: number[] = []
  let cutOffAt = 0
  for (let i = 1; i <= pieces; i++) {
    // What it replaces is collected, so that the text itself stays small.
    writer.update(
      address,
      edit(doc, () => {
        text.delete(0, text.length)
        text.insert(0, `${i} `.padEnd(piece, 'x'))
      }),
    )
    await writer.until('acknowledgements', () => writer.statuses.length > i - inFlight)
    if (i % 50 > 0) continue
    const now = await server.measure()
    held.push(now.bytes - before.bytes)
    if (now.sockets === 2) cutOffAt ||= i * piece
  }
  await writer.until('all acknowledgements', () => writer.statuses.length === 1 + pieces)
  expect(writer.statuses.every((applied) => applied)).toBe(true)
  expect(cutOffAt).toBeGreaterThan(0)
  expect(cutOffAt).toBeLessThan(30 * megabyte)
  // A fold takes memory for a moment; what is kept for a reader would stay, and be 50 MB from the middle on.
  expect(Math.min(...held.slice(held.length / 2))).toBeLessThan(20 * megabyte)
  const sent = pieces * piece
  const heard = () => reader.of('update').reduce((bytes, { payload }) => bytes + payload.length, 0)
  await reader.until('all pieces', () => heard() > sent)
  expect(textOf(reader.received())).toBe(textOf(doc))

  // The reason stands behind what it did not read, and nobody waits for that: it sees a line that broke, and rejoins.
  slow.ws.resume()
  expect((await slow.socketClose()).code).toBe(1006)
  const again = new RawClient(server.url)
  clients.push(again)
  expect(textOf(await again.join(address, tokens[2] ?? ''))).toBe(textOf(doc))
})
