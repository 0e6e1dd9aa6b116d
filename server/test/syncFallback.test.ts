import { fallbackHeaders, fallbackPaths, type LaneRecord } from '@weft/shared/sync'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { readConfig } from '../src/config/index.ts'
import { FallbackClient } from './fallbackClient.ts'
import { FrameClient } from './frameClient.ts'
import { startTestServer } from './harness.ts'
import { RawClient } from './rawClient.ts'
import { channelOf, type SyncServer, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

const clients: FallbackClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.cut()
  await stopAll()
})

function fallback(server: SyncServer, id?: string): FallbackClient {
  const client = new FallbackClient(server.url, id)
  clients.push(client)
  return client
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A server, a writer on the fallback whose page has joined a document, and a reader on a WebSocket. */
async function meeting(options: Parameters<typeof startSyncServer>[0] = {}) {
  const server = await startSyncServer(options)
  const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
  const address = channelOf(documentId)
  const client = fallback(server)
  expect(await client.stream(server.token(alice))).toBe(200)
  const page = client.page(1)
  const text = await page.join(address, server.token(alice))
  const reader = server.client()
  await reader.join(address, server.token(bob))
  return { server, alice, bob, documentId, address, client, page, text, reader }
}

describe('an edit over the fallback', () => {
  it('[SAVE-1] is acknowledged after its commit, and reaches who is on a WebSocket; and the other way', async () => {
    const { server, documentId, address, page, text, reader } = await meeting()
    page.update(address, type(text, ' up'))
    await page.until('the acknowledgement', () => page.statuses.length === 2)
    expect(page.statuses).toEqual([true, true])
    expect(textOf(await server.stored(documentId))).toBe('. up')
    await reader.until('the text', () => textOf(reader.received()) === '. up')
    reader.update(address, type(reader.received(), ' down'))
    // Nobody is sent what they wrote themselves: only the rest of it comes.
    await page.until('the text', () => page.of('update').length === 1)
    Y.applyUpdate(text, page.of('update')[0]?.payload ?? new Uint8Array())
    expect(textOf(text)).toBe('. up down')
    page.awareness(address, text.clientID, { caret: 1 })
    await reader.until('the caret', () => reader.of('awareness').length > 0)
  })

  it('is taken once, however often its batch comes', async () => {
    const { server, documentId, address, client, page, text } = await meeting()
    const before = (await server.rows(documentId)).length
    page.update(address, type(text, ' once'))
    await page.until('the acknowledgement', () => page.statuses.length === 2)
    const next = pageBatch(1, address, type(text, ' and once'))
    for (let i = 0; i < 3; i++) expect(await client.up(next, client.lastNumber + 1)).toBe(204)
    await page.until('the acknowledgement', () => page.statuses.length === 3)
    for (let number = 1; number <= client.lastNumber + 1; number++) expect(await client.up(next, number)).toBe(204)
    // A question that is answered at once, behind whatever the repetitions would have brought.
    client.lastNumber++
    page.step1(address)
    await page.until('an answer to the last question', () => page.of('sync-step-2').length === 2)
    expect(page.statuses).toEqual([true, true, true])
    expect(textOf(await server.stored(documentId))).toBe('. once and once')
    expect((await server.rows(documentId)).length).toBe(before + 2)
  })

  it('ends the session behind a gap: nothing after it is applied, and its number is not known any more', async () => {
    const { server, documentId, address, client, page, text } = await meeting()
    const lost = type(text, ' lost')
    expect(await client.up(pageBatch(1, address, type(text, ' later')), client.lastNumber + 2)).toBe(409)
    await until('the end of the stream', () => client.ended)
    expect(await client.up(pageBatch(1, address, lost), client.lastNumber + 1)).toBe(404)
    expect(page.statuses).toEqual([true])
    expect(textOf(await server.stored(documentId))).toBe('.')
    await until('the sessions are gone', () => server.sync.stats().streams === 0 && server.sync.stats().sessions === 1)
  })

  it('comes together from parts', async () => {
    const { server, documentId, address, client, page, text } = await meeting()
    const [record] = pageBatch(1, address, type(text, ' in three parts'))
    if (record?.type !== 'frame') throw new Error('missing: the frame')
    const { data } = record
    await client.up([{ lane: 1, type: 'part', data: data.slice(0, 10) }])
    await client.up([{ lane: 1, type: 'part', data: data.slice(10, 11) }])
    await client.up([{ lane: 1, type: 'frame', data: data.slice(11) }])
    await page.until('the acknowledgement', () => page.statuses.length === 2)
    expect(textOf(await server.stored(documentId))).toBe('. in three parts')
  })
})

describe('a session', () => {
  it('carries several pages, each with sessions of its own; one that leaves does not disturb the others', async () => {
    const { server, alice, address, client, page, text } = await meeting()
    const other = client.page(2)
    await other.join(address, server.token(alice))
    expect(server.sync.stats()).toMatchObject({ streams: 1, sockets: 3, sessions: 3 })
    page.put({ lane: 1, type: 'close', code: 1000, reason: '' })
    await until('one is gone', () => server.sync.stats().sockets === 2)
    other.update(address, type(text, ' still'))
    await other.until('the acknowledgement', () => other.statuses.length === 2)
  })

  it('ends with its stream: the pages are gone at once', async () => {
    const { server, client } = await meeting()
    client.cut()
    await until('they are gone', () => server.sync.stats().streams === 0 && server.sync.stats().sockets === 1)
  })

  it('without a page is not kept', async () => {
    const { server, client, page } = await meeting()
    page.put({ lane: 1, type: 'close', code: 1000, reason: '' })
    await until('one is gone', () => server.sync.stats().sockets === 1)
    server.clock.ahead += 31_000
    await until('the end of the stream', () => client.ended)
  })

  it('says something every ten seconds, so that everybody on the way knows that it lives', async () => {
    const { server, client, page } = await meeting()
    expect(client.beats).toBe(0)
    server.clock.ahead += 10_000
    await page.until('a beat', () => client.beats > 0)
  })

  it('[LIMIT-1] cuts a page off that answers no ping, and only that one', async () => {
    const { server, alice, address, client, page } = await meeting()
    const other = client.page(2)
    await other.join(address, server.token(alice))
    page.answersPings = false
    for (let i = 0; i < 3; i++) {
      server.clock.ahead += 26_000
      await new Promise((resolve) => setTimeout(resolve, 1_500))
    }
    expect(await page.socketClose()).toMatchObject({ reason: 'too-slow' })
    expect(other.closed).toBeNull()
  })

  it('tells its pages that the server restarts, and ends', async () => {
    const { server, client, page } = await meeting()
    await server.stop()
    expect(await page.socketClose()).toEqual({ code: 4503, reason: 'server-restarting' })
    await until('the end of the stream', () => client.ended)
  })
})

describe('where a stream is held back', () => {
  it('polls bring the same, each answer whole', async () => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    const address = channelOf(documentId)
    const client = fallback(server)
    expect(await client.poll(server.token(alice), null)).toBe(200)
    expect(client.events).toEqual([0])
    const page = client.page(1)
    const polling = (async () => {
      let status = 200
      while (status === 200) status = await client.poll(null, client.events.at(-1) ?? 0).catch(() => 0)
      return status
    })()
    const text = await page.join(address, server.token(alice))
    page.update(address, type(text, ' polled'))
    await page.until('the acknowledgement', () => page.statuses.length === 2)
    expect(textOf(await server.stored(documentId))).toBe('. polled')
    expect(client.events).toEqual(client.events.map((_, index) => index))
    // What waits is answered in time, so that no proxy gives up.
    server.clock.ahead += 21_000
    page.update(address, type(text, '!'))
    await page.until('the acknowledgement', () => page.statuses.length === 3)
    client.cut()
    expect(await polling).toBe(0)
    server.clock.ahead += 16_000
    await until('the session is gone', () => server.sync.stats().streams === 0)
  })

  it('an answer that got lost ends the session', async () => {
    const server = await startSyncServer()
    const alice = await server.member()
    const client = fallback(server)
    await client.poll(server.token(alice), null)
    const page = client.page(1)
    page.auth('doc/nothing\0s', server.token(alice))
    expect(await client.poll(null, 0)).toBe(200)
    expect(client.events).toEqual([0, 1])
    expect(await client.poll(null, 0)).toBe(409)
    expect(await client.poll(null, 1)).toBe(404)
  })

  it('nobody asking any more ends the session', async () => {
    const server = await startSyncServer()
    const alice = await server.member()
    await fallback(server).poll(server.token(alice), null)
    expect(server.sync.stats().streams).toBe(1)
    server.clock.ahead += 16_000
    await until('the session is gone', () => server.sync.stats().streams === 0)
  })
})

describe('[ACCESS-4] whose session it is', () => {
  it('is said by a token; strangers, ended tokens and foreign pages get none', async () => {
    const server = await startSyncServer()
    const alice = await server.member()
    expect(await fallback(server).stream(null)).toBe(401)
    expect(await fallback(server).stream(server.token(alice, -1_000))).toBe(401)
    expect(await fallback(server).stream(server.token(alice), { origin: 'https://evil.example' })).toBe(403)
    expect(await fallback(server).poll('nonsense', null)).toBe(401)
    expect(await fallback(server, 'short').stream(server.token(alice))).toBe(400)
    expect(server.sync.stats().streams).toBe(0)
    expect(await fallback(server).stream(server.token(alice), { origin: 'https://weft.example.org' })).toBe(200)
  })

  it('is theirs for all of its pages: another person’s token closes the page', async () => {
    const { server, bob, address, client, page } = await meeting()
    const other = client.page(2)
    other.auth(address, server.token(bob))
    expect(await other.socketClose()).toMatchObject({ reason: 'signed-out' })
    expect(page.closed).toBeNull()
  })

  it('is known by its secret alone; the same one twice is nobody’s', async () => {
    const { server, alice, address, client, text } = await meeting()
    const stranger = fallback(server)
    expect(await stranger.up(pageBatch(1, address, type(text, ' mine')))).toBe(404)
    expect(await fallback(server, client.id).stream(server.token(alice))).toBe(409)
    await until('the end of the first', () => client.ended)
  })

  it('lasts no longer than its tokens', async () => {
    const { server, page } = await meeting()
    server.clock.ahead += 600_000 + 61_000
    expect(await page.socketClose()).toMatchObject({ reason: 'token-expired' })
  })

  it('[ACCESS-2] loses its channel with the membership', async () => {
    const { server, alice, page } = await meeting()
    await server.removeMember(alice)
    expect(await page.channelClose()).toBe('access-removed')
  })
})

describe('[LIMIT-1] what is too much', () => {
  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ['garbage', Uint8Array.of(1, 77, 3)],
    ['a lane that was never opened', new Uint8Array([9, 1, 1, 0])],
    ['a frame longer than its batch', Uint8Array.of(1, 1, 200, 1, 0)],
    ['a lane that is opened twice', Uint8Array.of(1, 0)],
  ])('%s closes everything', async (_, bytes) => {
    const { client, page } = await meeting()
    expect(await client.up(bytes)).toBeGreaterThanOrEqual(204)
    expect(await page.socketClose()).toMatchObject({ reason: 'malformed-frame' })
    await until('the end of the stream', () => client.ended)
  })

  it('bodies, numbers and methods of no session', async () => {
    const { server, client, alice } = await meeting()
    expect(await client.up(new Uint8Array(1_100_000))).toBe(413)
    const headers = { [fallbackHeaders.session]: client.id, [fallbackHeaders.number]: '-1' }
    expect((await client.ask(fallbackPaths.up, headers)).status).toBe(400)
    expect((await client.ask('/sync/elsewhere', {})).status).toBe(404)
    expect((await fetch(`${client.base}${fallbackPaths.stream}`)).status).toBe(404)
    expect(await fallback(server).stream(server.token(alice))).toBe(200)
  })

  it('frames and pages', async () => {
    const { server, alice, client, page } = await meeting({ limits: { framesPerSecond: 5, socketsPerUser: 2 } })
    const second = client.page(2)
    const third = client.page(3)
    expect(await third.socketClose()).toMatchObject({ reason: 'too-many-sockets' })
    await client.up(Array.from({ length: 60 }, () => ({ lane: 2, type: 'frame', data: Uint8Array.of(9) }) as const))
    expect(await second.socketClose()).toMatchObject({ reason: 'too-many-frames' })
    expect(page.closed).toBeNull()
    expect(await fallback(server).stream(server.token(alice))).toBe(200)
    expect(await fallback(server).stream(server.token(alice))).toBe(429)
    for (let i = 0; i < 60 && !client.ended; i++) await client.up([], 1)
    expect(await page.socketClose()).toMatchObject({ reason: 'too-many-frames' })
  })

  it('a frame that does not end', async () => {
    const { client, page } = await meeting({ limits: { frameBytes: 400_000 } })
    const part: LaneRecord = { lane: 1, type: 'part', data: new Uint8Array(300_000) }
    for (let i = 0; i < 3; i++) await client.up([part])
    expect(await page.socketClose()).toMatchObject({ code: 1009 })
  })

  it('[LIMIT-2] a reader that does not read is cut off; the others do not notice', async () => {
    const server = await startSyncServer({ limits: { bufferedBytes: 200_000 } })
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const address = channelOf(documentId)
    const client = fallback(server)
    // Joined by polls, and then not asked any more.
    await client.poll(server.token(bob), null)
    const page = client.page(1)
    page.auth(address, server.token(bob))
    page.step1(address)
    page.step2(address)
    while (page.statuses.length === 0) await client.poll(null, client.events.at(-1) ?? 0)
    const writer = new RawClient(server.url)
    const text = await writer.join(address, server.token(alice))
    let written = 0
    while (server.sync.stats().streams > 0 && written < 400) {
      writer.update(address, type(text, 'x'.repeat(10_000)))
      written++
      await writer.until('the acknowledgement', () => writer.statuses.length === written + 1)
    }
    expect(server.sync.stats().streams).toBe(0)
    expect(written).toBeGreaterThan(15)
    expect(writer.closed).toBeNull()
    await writer.end()
  })
})

describe('WEBSOCKETS=refused', () => {
  it('refuses upgrades, and serves the fallback', async () => {
    await using server = await startTestServer({ config: { webSockets: 'refused' } })
    const owner = await server.signUp('Olga')
    await expect(new RawClient(server.syncUrl).opened).rejects.toThrow('403')
    const client = new FallbackClient(server.syncUrl)
    clients.push(client)
    expect(await client.stream(await owner.token())).toBe(200)
    expect(client.page(1).closed).toBeNull()
    client.cut()
  })

  it('is "allowed" or "refused", nothing else', () => {
    const env = { DATA_DIR: '/tmp', SECRET: 'x'.repeat(32) }
    expect(readConfig(env).webSockets).toBe('allowed')
    expect(readConfig({ ...env, WEBSOCKETS: 'refused' }).webSockets).toBe('refused')
    expect(() => readConfig({ ...env, WEBSOCKETS: 'no' })).toThrow('WEBSOCKETS must be')
  })
})

/** Keeps frames instead of sending them. */
class Recorder extends FrameClient {
  readonly sent: Uint8Array[] = []
  raw(bytes: Uint8Array): void {
    this.sent.push(bytes)
  }
}

/** One update as the only record of a batch. */
function pageBatch(lane: number, address: string, update: Uint8Array): LaneRecord[] {
  const recorder = new Recorder()
  recorder.update(address, update)
  return recorder.sent.map((data) => ({ lane, type: 'frame', data }))
}
