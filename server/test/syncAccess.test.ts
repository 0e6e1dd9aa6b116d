import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { awarenessStates } from './rawClient.ts'
import { channelOf, presenceOf, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

describe('[ACCESS-2] whoever loses access is flagged at once', () => {
  it('applies nothing that was queued, answers no queued SyncStep1, and closes', async () => {
    const server = await startSyncServer()
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const address = channelOf(documentId)
    const [a, b] = [server.client(), server.client()]
    const text = await a.join(address, server.token(alice))
    const theirs = await b.join(address, server.token(bob))

    // In the tick in which the removal commits, frames are on their way.
    server.events.onEvent(() => {
      for (const word of ['x', 'y', 'z']) a.update(address, type(text, word))
      a.step1(address)
    })
    await server.removeMember(alice)
    expect(await a.channelClose()).toBe('access-removed')
    b.update(address, type(theirs, 'bob'))
    await b.until('the answer', () => b.statuses.length === 2)

    expect(textOf(await server.stored(documentId))).toBe('.bob')
    expect(a.statuses).toEqual([true])
    expect(a.of('sync-step-2')).toHaveLength(1)
    expect(a.of('update')).toHaveLength(0)
  })

  it('lets nobody join who was removed between the check and the open channel', async () => {
    let removed: (() => Promise<void>) | null = null
    const server = await startSyncServer({
      wrap: (storage) => ({
        ...storage,
        read: storage.read,
        loadText: async (id) => {
          await removed?.()
          return storage.loadText(id)
        },
      }),
    })
    const [alice, documentId] = [await server.member(), await server.document()]
    removed = () => server.removeMember(alice)
    const client = server.client()
    await client.opened
    client.auth(channelOf(documentId), server.token(alice))
    client.step1(channelOf(documentId))
    expect(await client.channelClose()).toBe('access-removed')
    expect(client.of('sync-step-2')).toHaveLength(0)
  })

  it('makes an editor a reader and back, and says so', async () => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    const address = channelOf(documentId)
    const client = server.client()
    const text = await client.join(address, server.token(alice))
    const words = () => client.of('stateless').map((frame) => JSON.parse(frame.text))
    expect(words()).toEqual([{ type: 'access', mayWrite: true }])

    await server.grant(documentId, alice, 'view')
    await client.until('the word', () => words().length === 2)
    expect(words()[1]).toEqual({ type: 'access', mayWrite: false })
    client.update(address, type(text, 'late'))
    await client.until('the refusal', () => client.statuses.length === 2)
    expect(client.statuses[1]).toBe(false)
    expect(client.of('close')).toHaveLength(0)

    await server.grant(documentId, alice, 'edit')
    await client.until('the word', () => words().length === 3)
    client.step2(address, Y.encodeStateAsUpdate(text))
    await client.until('the answer', () => client.statuses.length === 3)
    expect(textOf(await server.stored(documentId))).toBe('.late')
  })

  it('closes a document that is removed, for all, and leaves the others open', async () => {
    const server = await startSyncServer()
    const [alice, documentId, other] = [await server.member(), await server.document(), await server.document()]
    const client = server.client()
    await client.join(channelOf(documentId), server.token(alice))
    const text = await client.join(channelOf(other), server.token(alice))
    await server.removeDocument(documentId)
    expect(await client.channelClose()).toBe('access-removed')
    client.update(channelOf(other), type(text, 'still'))
    await client.until('the answer', () => client.statuses.length === 3)
    expect(client.of('close').map((frame) => frame.address)).toEqual([channelOf(documentId)])
  })

  it('[SAVE-8] refuses what a reader writes by hand', async () => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    await server.grant(documentId, alice, 'view')
    const address = channelOf(documentId)
    const client = server.client()
    const text = await client.join(address, server.token(alice))
    expect(client.statuses).toEqual([true])
    const update = type(text, 'no')
    client.step2(address, update)
    client.update(address, update)
    expect(await client.channelClose()).toBe('access-removed')
    expect(client.statuses).toEqual([true, false, false])
    expect(await server.rows(documentId)).toHaveLength(1)
  })
})

describe('[ACCESS-3] [ACCESS-1] strangers', () => {
  it('cannot tell a document that they may not see from none', async () => {
    const server = await startSyncServer()
    const [guest, documentId] = [await server.member('guest'), await server.document()]
    const client = server.client()
    await client.opened
    const nowhere = `doc/${'n'.repeat(21)}\0s`
    for (const address of [channelOf(documentId), nowhere, 'doc/../../etc/passwd', '__proto__', 'constructor', '']) {
      client.auth(address, server.token(guest))
    }
    client.auth(presenceOf(server.workspaceId), server.token(guest))
    await client.until('the refusals', () => client.of('auth').length === 7)
    expect(client.of('auth').map((frame) => frame.text)).toEqual(Array(7).fill('denied:not-found'))
  })
})

describe('[ACCESS-4] tokens', () => {
  it('closes a socket that brings the token of another', async () => {
    const server = await startSyncServer()
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const client = server.client()
    await client.join(channelOf(documentId), server.token(alice))
    client.auth(channelOf(documentId, 'other'), server.token(bob))
    expect(await client.socketClose()).toEqual({ code: 4402, reason: 'signed-out' })
  })

  it('asks once for a new token, goes on with it, and closes after the grace without one', async () => {
    const server = await startSyncServer()
    const [alice, documentId, other] = [await server.member(), await server.document(), await server.document()]
    const client = server.client()
    const address = channelOf(documentId)
    await client.join(address, server.token(alice, 100_000))
    await client.join(channelOf(other), server.token(alice, 100_000))
    const asked = () => client.of('auth').filter((frame) => frame.text === 'token-request').length

    server.clock.ahead = 50_000
    await client.until('the question', () => asked() === 1)
    client.auth(address, server.token(alice, 100_000))
    client.step2(channelOf(other))
    await client.until('an answer behind the token', () => client.statuses.length === 3)

    server.clock.ahead = 155_000
    await client.until('the second question', () => asked() >= 2)
    expect(client.closed).toBeNull()
    server.clock.ahead = 215_000
    expect(await client.socketClose()).toEqual({ code: 4401, reason: 'token-expired' })
    expect(asked()).toBeLessThanOrEqual(3)
  })

  it('refuses a token that is over, and a socket that brings none', async () => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    const [late, silent] = [server.client(), server.client()]
    await Promise.all([late.opened, silent.opened])
    late.auth(channelOf(documentId), server.token(alice, -1))
    await late.until('the refusal', () => late.of('auth')[0]?.text === 'denied:token-expired')
    server.clock.ahead = 11_000
    expect(await silent.socketClose()).toEqual({ code: 4401, reason: 'token-expired' })
  })
})

describe('[IDENT-1] awareness says who it is by the server', () => {
  it('stamps the person and drops what is not in the schema', async () => {
    const server = await startSyncServer()
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const address = channelOf(documentId)
    const [a, b] = [server.client(), server.client()]
    await a.join(address, server.token(alice))
    await b.join(address, server.token(bob))
    a.awareness(address, 77, { user: { id: bob, name: '<script>', color: 'url(evil)' }, evil: 1, cursor: 'no' })
    const states = await b.until('the caret', () => {
      const seen = awarenessStates(b.frames)
      return seen.size > 0 && seen
    })
    expect(states.get(77)).toEqual({
      user: { id: alice, name: `Person ${alice.slice(0, 4)}`, color: expect.stringMatching(/^#/), image: null },
      cursor: null,
      view: null,
    })

    // Another's id is ignored, whatever is said of it; a state that is gone goes for all.
    b.awareness(address, 77, { cursor: null }, 9)
    b.awareness(address, 77, null, 10)
    b.awareness(address, 88, {}, 1)
    await a.until('the other caret', () => awarenessStates(a.frames).has(88))
    expect(awarenessStates(a.frames).has(77)).toBe(false)
    const late = server.client()
    await late.join(address, server.token(bob))
    expect(awarenessStates(late.frames).get(77)).toMatchObject({ user: { id: alice } })

    a.leave(address)
    await b.until('the leaving', () => awarenessStates(b.frames).get(77) === null)
    // The same client comes back with its old clock.
    const again = channelOf(documentId, 'again')
    await a.join(again, server.token(alice))
    a.awareness(again, 77, {}, 1)
    await b.until('the return', () => awarenessStates(b.frames).get(77) !== null)
  })

  it('lets readers show their caret', async () => {
    const server = await startSyncServer()
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    await server.grant(documentId, alice, 'view')
    const [a, b] = [server.client(), server.client()]
    await a.join(channelOf(documentId), server.token(alice))
    await b.join(channelOf(documentId), server.token(bob))
    a.awareness(channelOf(documentId), 5, {})
    await b.until('the caret', () => awarenessStates(b.frames).has(5))
  })

  const bad: [string, Uint8Array, string][] = [
    ['invalid JSON', Uint8Array.of(1, 5, 1, 2, 123, 123), 'malformed-frame'],
    ['a string for an object', Uint8Array.of(1, 5, 1, 3, 34, 97, 34), 'malformed-frame'],
    ['a clock of 2^53', Uint8Array.of(1, 5, 128, 128, 128, 128, 128, 128, 128, 16, 2, 123, 125), 'malformed-frame'],
    [
      '10,000 client ids',
      Uint8Array.from([0x90, 0x4e, ...Array(30).fill([1, 1, 2, 123, 125]).flat()]),
      'malformed-frame',
    ],
    ['1 MB', new Uint8Array(1_000_000), 'too-large'],
  ]
  it.each(bad)('%s', async (_, update, reason) => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    const client = server.client()
    await client.join(channelOf(documentId), server.token(alice))
    client.awarenessBytes(channelOf(documentId), update)
    expect(await client.channelClose()).toBe(reason)
    expect(client.closed).toBeNull()
  })
})

describe('[LIMIT-1] [LIMIT-3] frames', () => {
  const bad: [string, Uint8Array | string, string][] = [
    ['an empty frame', new Uint8Array(0), 'malformed-frame'],
    ['one zero byte', Uint8Array.of(0), 'malformed-frame'],
    ['64 × 0xff', new Uint8Array(64).fill(255), 'malformed-frame'],
    ['a text frame', 'hello', 'malformed-frame'],
    ['a name longer than its frame', Uint8Array.of(100, 100, 100), 'malformed-frame'],
    ['a name of 1 MB', Uint8Array.from([0xc0, 0x84, 0x3d, ...Array(1_000_000).fill(97)]), 'malformed-frame'],
  ]
  it.each(bad)('closes the socket for %s', async (_, bytes, reason) => {
    const server = await startSyncServer()
    const client = server.client()
    await client.opened
    client.raw(bytes)
    expect((await client.socketClose()).reason).toBe(reason)
    expect(server.sync.stats().sockets).toBe(0)
  })

  const inChannel: [string, number[]][] = [
    ['an unknown type', [77]],
    ['an unknown sync step', [0, 9, 0]],
    ['a truncated sync', [0, 0, 9]],
    ['BroadcastStateless from a client', [6, 1, 97]],
    ['Stateless from a client', [5, 1, 97]],
    ['bytes behind the frame', [3, 0]],
    ['a state vector that is none', [0, 0, 2, 0xff, 0xff]],
  ]
  it.each(inChannel)('closes the channel for %s', async (_, body) => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    const client = server.client()
    await client.join(channelOf(documentId), server.token(alice))
    client.frame(channelOf(documentId), (to) => {
      for (const byte of body) to.cbuf[to.cpos++] = byte
    })
    expect(await client.channelClose()).toBe('malformed-frame')
    expect(client.closed).toBeNull()
  })

  it('refuses a frame over the limit in its channel', async () => {
    const server = await startSyncServer({ limits: { frameBytes: 10_000 } })
    const [alice, documentId] = [await server.member(), await server.document()]
    const client = server.client()
    const text = await client.join(channelOf(documentId), server.token(alice))
    client.update(channelOf(documentId), type(text, 'x'.repeat(15_000)))
    expect(await client.channelClose()).toBe('too-large')
    expect(client.statuses).toEqual([true, false])
  })

  it('bounds channels a socket, sockets a person, frames a second', async () => {
    const server = await startSyncServer({ limits: { socketsPerUser: 2, framesPerSecond: 30 } })
    const [alice, documentId] = [await server.member(), await server.document()]
    const [many, a, b, c] = [server.client(), server.client(), server.client(), server.client()]
    await many.opened
    for (let i = 0; i <= 100; i++) many.step1(channelOf(documentId, `s${i}`))
    expect((await many.socketClose()).reason).toBe('too-many-frames')

    await a.join(channelOf(documentId), server.token(alice))
    await b.join(channelOf(documentId), server.token(alice))
    await c.opened
    c.auth(channelOf(documentId), server.token(alice))
    expect((await c.socketClose()).reason).toBe('too-many-sockets')
    await b.end()
    for (let i = 0; i < 400; i++) a.awareness(channelOf(documentId), 5, {}, i)
    expect((await a.socketClose()).reason).toBe('too-many-frames')
  })

  it('bounds what a stranger may send', async () => {
    const server = await startSyncServer()
    const documentId = await server.document()
    const client = server.client()
    await client.opened
    for (let i = 0; i < 10; i++) client.update(channelOf(documentId), new Uint8Array(1_000_000))
    expect((await client.socketClose()).reason).toBe('too-many-frames')
  })

  it('refuses a foreign Origin', async () => {
    const server = await startSyncServer()
    await expect(server.client({ origin: 'https://evil.test' }).opened).rejects.toThrow('403')
    await expect(server.client({ origin: 'https://weft.example.org.evil.test' }).opened).rejects.toThrow('403')
    await server.client({ origin: 'https://weft.example.org' }).opened
  })

  it('[LIMIT-2] cuts off a reader that does not read, and the others do not notice', async () => {
    const server = await startSyncServer({ limits: { bytesPerSecond: 100 << 20 } })
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const address = channelOf(documentId)
    const [a, slow] = [server.client(), server.client()]
    const text = await a.join(address, server.token(alice))
    await slow.join(address, server.token(bob))
    slow.ws.pause()
    for (let i = 1; i <= 40; i++) {
      a.update(address, type(text, 'x'.repeat(500_000)))
      await a.until('the acknowledgement', () => a.statuses.length === 1 + i)
      if (server.sync.stats().sockets === 1) break
    }
    expect(server.sync.stats().sockets).toBe(1)
    expect(a.ws.readyState).toBe(WebSocket.OPEN)
  })

  it('[LIMIT-4] presence accepts no text, and is told once a second', async () => {
    const server = await startSyncServer()
    const [alice, bob] = [await server.member(), await server.member()]
    const hidden = await server.document()
    const address = presenceOf(server.workspaceId)
    const [a, b] = [server.client(), server.client()]
    await a.join(address, server.token(alice))
    const text = await b.join(address, server.token(bob))
    expect(server.presence).toEqual([
      { userId: alice, workspaceId: server.workspaceId, here: true },
      { userId: bob, workspaceId: server.workspaceId, here: true },
    ])
    for (let i = 0; i < 20; i++)
      a.awareness(address, 5, { availability: i % 2 ? 'away' : 'online', documentId: hidden }, i)
    await b.until('presence', () => awarenessStates(b.frames).get(5)?.documentId === hidden)
    expect(b.of('awareness').length).toBeLessThan(5)
    a.awareness(address, 5, { documentId: 'd'.repeat(21) }, 30)
    await b.until('presence without the document', () => awarenessStates(b.frames).get(5)?.documentId === null)
    b.update(address, type(text, 'text'))
    expect(await b.channelClose()).toBe('access-removed')
    await a.end()
    await a.until('the leaving', () => server.presence.length === 4)
  })
})
