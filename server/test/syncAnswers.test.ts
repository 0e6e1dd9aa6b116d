import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { channelOf, edit, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

async function oneWriter() {
  const server = await startSyncServer()
  const alice = await server.member()
  const documentId = await server.document()
  const address = channelOf(documentId)
  const client = server.client()
  return { server, alice, documentId, address, client, token: server.token(alice) }
}

describe('[SAVE-3] one SyncStatus for each SyncStep2 and Update, in order', () => {
  it('answers each of many frames once', async () => {
    const { server, documentId, address, client, token } = await oneWriter()
    const text = await client.join(address, token)
    for (let i = 0; i < 50; i++) client.update(address, type(text, `${i} `))
    await client.until('all answers', () => client.statuses.length === 51)
    expect(client.statuses.every((applied) => applied)).toBe(true)
    expect(textOf(await server.stored(documentId))).toBe(textOf(text))
  })

  it('lets a resent update make no row, and answers it true', async () => {
    const { server, documentId, address, client, token } = await oneWriter()
    const text = await client.join(address, token)
    const update = type(text, 'once')
    for (let i = 0; i < 3; i++) client.update(address, update)
    await client.until('all answers', () => client.statuses.length === 4)
    expect(client.statuses).toEqual([true, true, true, true])
    expect(await server.rows(documentId)).toHaveLength(2)
  })

  it('holds early updates until the SyncStep2 that they stand on', async () => {
    const { server, documentId, address, client, token } = await oneWriter()
    await client.opened
    client.auth(address, token)
    client.step1(address)
    const text = client.received()
    await client.until('SyncStep2', () => client.of('sync-step-2')[0])
    Y.applyUpdate(text, Y.encodeStateAsUpdate(client.received()))
    type(text, 'offline ')
    const early = [type(text, 'a'), type(text, 'b')]
    for (const update of early) client.update(address, update)
    client.awareness(address, text.clientID, {})
    client.step2(address, Y.encodeStateAsUpdate(text))
    await client.until('all answers', () => client.statuses.length === 3)
    expect(client.statuses).toEqual([true, true, true])
    expect(textOf(await server.stored(documentId))).toBe('.offline ab')
  })

  it('refuses an update that hangs in the air whole, asks for the text, and closes at the second', async () => {
    const { server, documentId, address, client, token } = await oneWriter()
    const text = await client.join(address, token)
    type(text, 'lost')
    const hanging = type(text, 'late')
    client.update(address, hanging)
    await client.until('the refusal', () => client.statuses.length === 2)
    expect(client.statuses[1]).toBe(false)
    await client.until('the question for the text', () => client.of('sync-step-1').length === 2)
    expect(await server.rows(documentId)).toHaveLength(1)

    client.step2(address, Y.encodeStateAsUpdate(text))
    await client.until('the answer', () => client.statuses.length === 3)
    expect(client.statuses[2]).toBe(true)
    expect(textOf(await server.stored(documentId))).toBe('.lostlate')

    type(text, 'lost again')
    client.update(address, type(text, 'x'))
    expect(await client.channelClose()).toBe('missing-dependencies')
    expect(client.statuses).toEqual([true, false, true, false])
  })

  it('closes a session whose early updates wait for a SyncStep2 that does not come', async () => {
    const { server, address, client, token } = await oneWriter()
    await client.opened
    client.auth(address, token)
    client.step1(address)
    await client.until('SyncStep2', () => client.of('sync-step-2')[0])
    const text = client.received()
    type(text, 'lost')
    client.update(address, type(text, 'a'))
    client.update(address, type(text, 'b'))
    client.step1(address)
    await client.until('the second text', () => client.of('sync-step-2')[1])
    server.clock.ahead = 11_000
    expect(await client.channelClose()).toBe('missing-dependencies')
    expect(client.statuses).toEqual([false, false])
  })
})

describe('[IDENT-2] client ids belong to people', () => {
  it('refuses structs under the id of another, so that their offline edits do not vanish', async () => {
    const { server, documentId, address, client: victim, token } = await oneWriter()
    const mallory = await server.member()
    const text = await victim.join(address, token)
    victim.awareness(address, text.clientID, {})

    const attacker = server.client()
    await attacker.join(address, server.token(mallory))
    const forged = attacker.received()
    forged.clientID = text.clientID
    attacker.update(address, type(forged, 'forged'))
    expect(await attacker.channelClose()).toBe('foreign-client-id')
    expect(attacker.statuses).toEqual([true, false])

    victim.update(address, type(text, 'mine'))
    await victim.until('the answer', () => victim.statuses.length === 2)
    expect(textOf(await server.stored(documentId))).toBe('.mine')
  })

  it('keeps owners over a restart, and takes ids with text and no owner for the server', async () => {
    const { server, alice, documentId, address, client, token } = await oneWriter()
    const mallory = await server.member()
    const text = await client.join(address, token)
    client.update(address, type(text, 'mine'))
    await client.until('the answer', () => client.statuses.length === 2)
    await server.stop()

    const again = await startSyncServer({ dir: server.dir })
    const attacker = again.client()
    const seen = await attacker.join(address, again.token(mallory))
    seen.clientID = text.clientID
    attacker.update(address, type(seen, 'forged'))
    expect(await attacker.channelClose()).toBe('foreign-client-id')

    const second = channelOf(documentId, 'second')
    const server1 = await attacker.join(second, again.token(mallory))
    server1.clientID = 1
    attacker.update(second, type(server1, 'forged'))
    await attacker.until('the second close', () => attacker.of('close')[1]?.text === 'foreign-client-id')

    const back = again.client()
    await back.join(address, again.token(alice))
    back.update(address, type(text, ' still'))
    await back.until('the answer', () => back.statuses.length === 2)
    expect(textOf(await again.stored(documentId))).toBe('.mine still')
  })
})

describe('[LIMIT-1] bad updates are refused, nothing changes, the process lives', () => {
  const base = (text: Y.Doc) => Y.encodeStateAsUpdate(text)
  const bad: [string, (text: Y.Doc) => Uint8Array][] = [
    ['random bytes', () => Uint8Array.from({ length: 64 }, (_, i) => (i * 151) % 256)],
    ['64 × 0xff', () => new Uint8Array(64).fill(0xff)],
    ['V2 encoding', (text) => Y.convertUpdateFormatV1ToV2(type(text, 'v2'))],
    ['an empty V2 update', () => Y.encodeStateAsUpdateV2(new Y.Doc())],
    ['bytes behind the update', (text) => Uint8Array.from([...type(text, 'x'), 0])],
    ['a header announcing 2^31 structs', () => Uint8Array.of(1, 0x80, 0x80, 0x80, 0x80, 8, 5, 0, 0, 0)],
    ['a GC struct of 2^31', () => Uint8Array.of(1, 1, 5, 0, 0, 0x80, 0x80, 0x80, 0x80, 8, 0)],
    ['a clock near 2^53', () => Uint8Array.of(1, 1, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 1, 0)],
    ['a subdocument', (text) => edit(text, (doc) => doc.getMap('m').set('sub', new Y.Doc()))],
    ['20,000 nested maps', (text) => edit(text, nestMaps)],
    ['an array nested 1,000 deep', (text) => edit(text, (doc) => doc.getMap('m').set('deep', nestedArray(1_000)))],
    ['10,000 client ids', (text) => manyClients(base(text), 10_000)],
  ]
  it.each(bad)('%s', async (_, make) => {
    const { server, documentId, address, client, token } = await oneWriter()
    const text = await client.join(address, token)
    client.update(address, make(text))
    expect(await client.channelClose()).toBe('malformed-frame')
    expect(client.statuses).toEqual([true, false])
    expect(await server.rows(documentId)).toHaveLength(1)
    const second = channelOf(documentId, 'second')
    const fresh = await client.join(second, token)
    client.update(second, type(fresh, 'fine'))
    await client.until('a sound edit', () => client.statuses.filter((applied) => applied).length === 3)
  })

  const hanging: [string, Uint8Array][] = [
    ['a skip of 2^40', Uint8Array.of(1, 2, 5, 0, 10, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0, 1, 0)],
    ['a delete set of 2^40', Uint8Array.of(0, 1, 5, 1, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20)],
    ['a delete set for an unknown client', Uint8Array.of(0, 1, 5, 1, 0, 1)],
  ]
  it.each(hanging)('%s', async (_, update) => {
    const { server, documentId, address, client, token } = await oneWriter()
    await client.join(address, token)
    client.update(address, update)
    await client.until('the refusal', () => client.statuses.length === 2)
    expect(client.statuses[1]).toBe(false)
    expect(await server.rows(documentId)).toHaveLength(1)
  })

  it('two structs of two clients that wait for each other', async () => {
    const { server, documentId, address, client, token } = await oneWriter()
    await client.join(address, token)
    // Client 7's struct has its origin in client 6's, and the other way round.
    const ring = Uint8Array.of(2, 1, 7, 0, 0x84, 6, 0, 1, 97, 1, 6, 0, 0x84, 7, 0, 1, 98, 0)
    client.update(address, ring)
    expect(await client.channelClose()).toBe('malformed-frame')
    expect(await server.rows(documentId)).toHaveLength(1)
  })

  it('a document over its size', async () => {
    const server = await startSyncServer({ limits: { documentBytes: 2_000 } })
    const [alice, documentId] = [await server.member(), await server.document()]
    const address = channelOf(documentId)
    const client = server.client()
    const text = await client.join(address, server.token(alice))
    client.update(address, type(text, 'x'.repeat(1_000)))
    client.update(address, type(text, 'y'.repeat(1_500)))
    expect(await client.channelClose()).toBe('too-large')
    expect(client.statuses).toEqual([true, true, false])
  })
})

function nestMaps(doc: Y.Doc): void {
  let map = doc.getMap<unknown>('m')
  for (let i = 0; i < 20_000; i++) {
    const inner = new Y.Map<unknown>()
    map.set('k', inner)
    map = inner
  }
}

function nestedArray(levels: number): unknown[] {
  let inner: unknown[] = []
  for (let i = 0; i < levels; i++) inner = [inner]
  return inner
}

function manyClients(state: Uint8Array, count: number): Uint8Array {
  const updates: Uint8Array[] = []
  for (let clientId = 100; clientId < 100 + count; clientId++) {
    const doc = new Y.Doc()
    doc.clientID = clientId
    if (clientId === 100) Y.applyUpdate(doc, state)
    updates.push(edit(doc, (text) => text.getText('t').insert(0, 'x')))
  }
  return Y.mergeUpdates(updates)
}
