import { randomId } from '@weft/shared/kit'
import { afterEach, expect, it } from 'vitest'
import { type MeasuredServer, startMeasured, stopMeasured } from './measuredServer.ts'
import { random } from './random.ts'
import { RawClient } from './rawClient.ts'
import { storedBytes } from './storedBytes.ts'
import { channelOf, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(async () => {
  await stopMeasured()
  await stopAll()
})

/** `CHURN_CYCLES=10000` is what reliability asks for; it takes some minutes on a slow disk. */
const cycles = Number(process.env.CHURN_CYCLES ?? 1_000)
const seed = 20_261_121
const people = 8
const documents = 20
const cyclesOfASocket = 25

it(`[SAVE-5] documents opened, edited and left ${cycles} times lose nothing and leave nothing behind (seed ${seed})`, {
  timeout: 60_000 + cycles * 60,
}, async () => {
  const first = await startSyncServer()
  const tokens = await Promise.all(
    Array.from({ length: people }, async () => first.token(await first.member(), 3_600_000)),
  )
  const ids = await Promise.all(Array.from({ length: documents }, () => first.document()))
  await first.stop()
  const server = await startMeasured(first.dir, {})
  const next = random(seed)
  const written = new Map(ids.map((id) => [id, 0]))

  /** One person who opens documents one after the other. */
  async function browse(token: string, times: number): Promise<void> {
    let client = new RawClient(server.url)
    for (let i = 1; i <= times; i++) {
      const id = ids[Math.floor(next() * ids.length)] ?? ids[0]
      if (id === undefined) throw new Error('no document')
      const address = channelOf(id, randomId())
      const text = await client.join(address, token)
      client.update(address, type(text, 'x'))
      await client.until('the answer', () => client.statuses.length === 2)
      expect(client.statuses).toEqual([true, true])
      written.set(id, (written.get(id) ?? 0) + 1)
      client.leave(address)
      client.frames.length = 0
      if (i % cyclesOfASocket > 0) continue
      await client.end()
      client = new RawClient(server.url)
    }
    await client.end()
  }
  const browseAll = (times: number) => Promise.all(tokens.map((token) => browse(token, Math.ceil(times / people))))

  await browseAll(cycles / 10)
  const before = await allLeft(server)
  await browseAll((cycles * 9) / 10)
  const after = await allLeft(server)
  expect(after.bytes - before.bytes).toBeLessThan(5 << 20)
  expect(after.handles).toBeLessThanOrEqual(before.handles + 2)

  await server.stop()
  expect(storedBytes(first.dir).integrity).toBe('ok')
  const again = await startSyncServer({ dir: first.dir })
  for (const [id, count] of written) expect(textOf(await again.stored(id))).toHaveLength(1 + count)
})

const allLeft = (server: MeasuredServer) =>
  server.until('nobody is here', ({ channels, sessions, sockets }) => channels + sessions + sockets === 0)
