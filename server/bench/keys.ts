import { parseArgs } from 'node:util'
import { startMeasured, stopMeasured } from '../test/measuredServer.ts'
import { random } from '../test/random.ts'
import { RawClient } from '../test/rawClient.ts'
import { storedBytes } from '../test/storedBytes.ts'
import { channelOf, startSyncServer, stopAll, textOf } from '../test/syncServer.ts'
import { typeManyKeys } from './manyKeys.ts'

const usage = `node server/bench/keys.ts [--count n] [--batch n] [--seed n]

Types one-character inserts and deletes into one document (a million unless --count says otherwise), --batch of them in a
frame, and prints what they cost: time, memory of the server while the text is open and after it is closed, what is on
disk, and how long the text takes to open.`

const megabytes = (bytes: number): string => `${(bytes / (1 << 20)).toFixed(1)} MB`
const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`

async function main(count: number, batch: number, seed: number): Promise<void> {
  const first = await startSyncServer()
  const [alice, documentId] = [await first.member(), await first.document()]
  const token = first.token(alice)
  await first.stop()
  const server = await startMeasured(first.dir, { editsPerSecond: 1e6, framesPerSecond: 1e6, bytesPerSecond: 1e9 })
  const before = await server.measure()
  console.log(`memory at the start: ${megabytes(before.bytes)} (resident ${megabytes(before.rss)})`)

  const address = channelOf(documentId)
  const writer = new RawClient(server.url)
  const written = await writer.join(address, token)
  const began = performance.now()
  await typeManyKeys(writer, address, written, { count, batch, next: random(seed) })
  const open = await server.measure()
  console.log(`${count} keys, all acknowledged, in ${seconds(began)}`)
  console.log(`memory with the text open: ${megabytes(open.bytes)} (resident ${megabytes(open.rss)})`)
  await writer.end()
  const after = await server.until('the unload', ({ channels, sockets }) => channels + sockets === 0)
  console.log(`memory after it was closed: ${megabytes(after.bytes)} (resident ${megabytes(after.rss)})`)

  const folding = performance.now()
  let stored = storedBytes(first.dir)
  while (stored.rows > 10 && performance.now() - folding < 90_000) {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    stored = storedBytes(first.dir)
  }
  console.log(
    `on disk: ${stored.rows} rows (${megabytes(stored.rowBytes)}), snapshot ${megabytes(stored.snapshotBytes)}, ` +
      `history ${megabytes(stored.segmentBytes)}; integrity ${String(stored.integrity)}; folded after ${seconds(folding)}`,
  )
  const opening = performance.now()
  const reader = new RawClient(server.url)
  const text = await reader.join(address, token)
  console.log(
    `opened from disk in ${seconds(opening)}; ${textOf(text) === textOf(written) ? 'the same text' : 'NOT THE SAME'}`,
  )
  await reader.end()
  await stopMeasured()
  await stopAll()
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    batch: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) console.log(usage)
else await main(Number(values.count), Number(values.batch), Number(values.seed))
