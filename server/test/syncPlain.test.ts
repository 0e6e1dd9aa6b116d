import { once } from 'node:events'
import type { DocumentRole } from '@weft/shared/documents'
import type { DocumentId, UserId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import * as encoding from 'lib0/encoding'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { PlainClient, stopPlainClients } from './plainProvider.ts'
import { ProviderClient, stopProviders } from './syncProvider.ts'
import { type SyncServer, type SyncServerOptions, startSyncServer, stopAll, textOf, userId } from './syncServer.ts'

const sockets: WebSocket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  stopPlainClients()
  stopProviders()
  await stopAll()
})

const source = { kind: 'key', id: 'a-key' } as const

async function startHost(options: SyncServerOptions = {}) {
  const server = await startSyncServer({ deps: { sourceRole: async () => 'edit', ...options.deps }, ...options })
  const documentId = await server.document()
  const token = (whose: UserId = userId(), role: DocumentRole = 'edit', ms = 600_000) =>
    server.token(whose, ms, { documentId, role, source })
  const plain = (bearer = token(), doc = new Y.Doc()) => new PlainClient(server.url, documentId, bearer, doc)
  const ours = async () => {
    const member = await server.member()
    const client = new ProviderClient(server.url, documentChannel(documentId), () => server.token(member))
    await client.until('sync', () => client.provider.synced)
    return client
  }
  return { server, documentId, token, plain, ours }
}

const plainUrl = ({ url }: SyncServer, documentId: string, token: string | null): string =>
  `${url.replace(/\/sync$/, '')}/y/${documentId}${token === null ? '' : `?token=${encodeURIComponent(token)}`}`

/** A client that sends what it is told, however wrong. */
function raw(address: string, protocols: string[] = [], headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(address, protocols, { headers })
  // One that was refused is closed before it was open.
  socket.on('error', () => {})
  sockets.push(socket)
  return socket
}

async function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = await once(socket, 'close')
  return { code: Number(code), reason: String(reason) }
}

async function refusalOf(socket: WebSocket): Promise<number> {
  const [, response] = await once(socket, 'unexpected-response')
  return response.statusCode
}

const syncFrame = (step: number, payload: Uint8Array): Uint8Array =>
  encoding.encode((to) => {
    encoding.writeVarUint(to, 0)
    encoding.writeVarUint(to, step)
    encoding.writeVarUint8Array(to, payload)
  })

const awarenessFrame = (states: readonly (readonly [id: number, state: unknown])[]): Uint8Array =>
  encoding.encode((to) => {
    encoding.writeVarUint(to, 1)
    const inner = encoding.encode((into) => {
      encoding.writeVarUint(into, states.length)
      for (const [id, state] of states) {
        encoding.writeVarUint(into, id)
        encoding.writeVarUint(into, 2 ** 40)
        encoding.writeVarString(into, JSON.stringify(state))
      }
    })
    encoding.writeVarUint8Array(to, inner)
  })

const updateOf = (clientId: number): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.getText('t').insert(0, 'longer than what they have written')
  return Y.encodeStateAsUpdate(doc)
}

describe('a plain y-websocket client', () => {
  it('edits the same document as our own, in its own name, and each sees the caret of the other as the server knows them', async () => {
    const { server, documentId, plain, ours, token } = await startHost()
    const visitor = userId()
    const [own, theirs] = [await ours(), plain(token(visitor))]
    await theirs.synced()
    expect(theirs.text).toBe('.')
    theirs.type('plain')
    await own.until('their words', () => textOf(own.doc) === '.plain')
    expect(textOf(await server.stored(documentId))).toBe('.plain')
    expect((await server.rows(documentId)).at(-1)?.author_id).toBe(visitor)
    own.doc.getText('t').insert(0, 'ours')
    await theirs.until('our words', () => theirs.text === 'ours.plain')

    const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(theirs.doc.getText('t'), 1))
    theirs.provider.awareness.setLocalState({ user: { name: 'The boss', id: 'x' }, cursor: { anchor: at, head: at } })
    const caret = () => own.provider.awareness?.getStates().get(theirs.doc.clientID)
    await own.until('their caret', () => caret()?.cursor != null)
    expect(caret()).toMatchObject({
      user: { id: visitor, name: `Person ${visitor.slice(0, 4)}` },
      cursor: { field: 'body', anchor: at },
    })
    own.provider.awareness?.setLocalState({ cursor: null })
    const shown = () => theirs.provider.awareness.getStates().get(own.doc.clientID)
    await theirs.until('our caret', () => shown() !== undefined)
    expect(shown()?.user.name).toMatch(/^Person /)
    theirs.provider.disconnect()
    await own.until('their leaving', () => caret() === undefined)
  })

  it('[SAVE-2] hears nothing that is not on disk, and an answer to SyncStep1 says that what went before it is', async () => {
    const gate: { open: (() => void) | null } = { open: null }
    const { server, documentId, plain } = await startHost({
      wrap: (storage) => ({
        ...storage,
        read: storage.read,
        appendJournal: async (...rows) => {
          if (gate.open !== null) await new Promise<void>((resolve) => (gate.open = resolve))
          return storage.appendJournal(...rows)
        },
      }),
    })
    const [writer, reader] = [plain(), plain()]
    await writer.synced()
    await reader.synced()
    gate.open = () => {}
    writer.type('held')
    const heard: Uint8Array[] = []
    const { ws } = writer.provider
    if (!(ws instanceof WebSocket)) throw new Error('no socket')
    ws.on('message', (data: Buffer) => heard.push(new Uint8Array(data)))
    ws.send(syncFrame(0, Y.encodeStateVector(writer.doc)))
    // Frames that are not held go past it: an answer to this one shows that the server has read what came before.
    ws.send(Uint8Array.of(3))
    await writer.until('an answer', () => heard.length > 0)
    const answered = () => heard.some((frame) => frame[0] === 0 && frame[1] === 1)
    expect([answered(), reader.text, textOf(await server.stored(documentId))]).toEqual([false, '.', '.'])
    const release = gate.open
    gate.open = null
    release()
    await writer.until('the answer', answered)
    expect(textOf(await server.stored(documentId))).toBe('.held')
    await reader.until('the words', () => reader.text === '.held')
  })

  it('comes back after a broken connection with what was typed meanwhile', async () => {
    const { server, documentId, plain, ours } = await startHost()
    const [own, theirs] = [await ours(), plain()]
    await theirs.synced()
    theirs.breakOff()
    theirs.type('typed alone')
    own.doc.getText('t').insert(0, 'meanwhile')
    await theirs.until('the words of the other', () => theirs.text === 'meanwhile.typed alone')
    await own.until('their words', () => textOf(own.doc) === theirs.text)
    expect(textOf(await server.stored(documentId))).toBe(theirs.text)
  })

  it('[SAVE-8] with a token to view reads, and is told so when it writes', async () => {
    const { server, documentId, plain, token, ours } = await startHost()
    const own = await ours()
    const reader = plain(token(userId(), 'view'))
    await reader.synced()
    own.doc.getText('t').insert(0, 'read me')
    await reader.until('the words', () => reader.text === 'read me.')
    reader.type('no')
    await reader.until('the last close', () => reader.last !== null)
    expect(reader.last).toEqual({ code: 4403, reason: 'access-removed' })

    const before = new Y.Doc()
    before.getText('t').insert(0, 'from before')
    const late = plain(token(userId(), 'comment'), before)
    await late.until('the last close', () => late.last !== null)
    expect(late.last).toEqual({ code: 4403, reason: 'access-removed' })
    expect(textOf(await server.stored(documentId))).toBe('read me.')
  })

  it('[ACCESS-4] is let go when its token has ended, and goes on with the next one without losing a word', async () => {
    const { server, documentId, plain, token } = await startHost()
    const visitor = userId()
    const client = plain(token(visitor, 'edit', 100_000))
    await client.synced()
    server.clock.ahead = 200_000
    await client.until('the last close', () => client.last !== null)
    expect(client.last).toEqual({ code: 4401, reason: 'token-expired' })
    client.type('meanwhile')
    client.provider.params.token = token(visitor)
    client.provider.connect()
    await client.until('the words on disk', () => client.provider.synced)
    for (let stored = ''; stored !== '.meanwhile'; stored = textOf(await server.stored(documentId))) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })

  it('[ACCESS-2] is out when its document goes', async () => {
    const granted = { is: true }
    const { server, documentId, plain } = await startHost({
      deps: { sourceRole: async () => (granted.is ? 'edit' : null) },
    })
    const client = plain()
    await client.synced()
    granted.is = false
    await server.removeDocument(documentId)
    await client.until('the last close', () => client.last !== null)
    expect(client.last).toEqual({ code: 4403, reason: 'access-removed' })
  })
})

describe('[ACCESS-4] what opens it', () => {
  it('is a token for this very document, in the address or as a protocol that is not said back', async () => {
    const { server, documentId, token } = await startHost()
    const byProtocol = raw(plainUrl(server, documentId, null), ['weft.token', 'a-token-of-its-own'])
    await once(byProtocol, 'open')
    expect(byProtocol.protocol).toBe('weft.token')
    expect(await closeOf(byProtocol)).toEqual({ code: 4402, reason: 'signed-out' })

    const other = await server.document()
    const member = await server.member()
    const refused: [string, string][] = [
      [token(), other],
      [server.token(member), documentId],
      [server.token(userId(), 1_000, { documentId: other, role: 'edit', source }), documentId],
    ]
    for (const [bearer, id] of refused) {
      const client = new PlainClient(server.url, id as DocumentId, bearer)
      await client.until('the last close', () => client.last !== null)
      expect(client.last).toEqual({ code: 4402, reason: 'signed-out' })
      expect(client.text).toBe('')
    }
    const own = server.token(member, 600_000, { documentId, role: 'edit', source: null })
    const client = new PlainClient(server.url, documentId, own)
    await client.synced()
    const stale = new PlainClient(server.url, documentId, server.token(member, -1_000))
    await stale.until('the last close', () => stale.last !== null)
    expect(stale.last).toEqual({ code: 4401, reason: 'token-expired' })
  })

  it('[ACCESS-3] is nothing for a document that is not there, or not given', async () => {
    const { server, token } = await startHost({ deps: { sourceRole: async () => null } })
    const closes: unknown[] = []
    for (const only of ['n'.repeat(21), (await server.document()) as string]) {
      const id = only as DocumentId
      const client = new PlainClient(
        server.url,
        id,
        server.token(userId(), 60_000, { documentId: id, role: 'edit', source }),
      )
      await client.until('the last close', () => client.last !== null)
      closes.push(client.last)
    }
    expect(closes).toEqual(Array(2).fill({ code: 4404, reason: 'not-found' }))
    for (const id of ['', 'x', '__proto__', `${'n'.repeat(21)}/x`]) {
      expect(await refusalOf(raw(plainUrl(server, id, token())))).toBe(404)
    }
    expect(await refusalOf(raw(plainUrl(server, 'n'.repeat(21), null)))).toBe(404)
    expect(await refusalOf(raw(plainUrl(server, 'n'.repeat(21), 't'.repeat(9_000))))).toBe(404)
  })

  it('is asked of pages of this server, and of places that the workspace allows', async () => {
    const { server, documentId, token } = await startHost({
      deps: { sourceRole: async () => 'edit', mayEmbedFrom: async (origin) => origin === 'https://shop.example' },
    })
    const address = plainUrl(server, documentId, token())
    expect(await refusalOf(raw(address, [], { origin: 'https://evil.example' }))).toBe(403)
    for (const origin of ['https://shop.example', 'https://weft.example.org']) {
      await once(raw(address, [], { origin }), 'open')
    }
  })
})

describe('[LIMIT-1] [LIMIT-3] hostile plain clients', () => {
  it('are closed with a reason, and the others do not notice', async () => {
    const { server, documentId, token, ours, plain } = await startHost({ limits: { frameBytes: 100_000 } })
    const own = await ours()
    const honest = plain()
    await honest.synced()
    honest.type('honest')
    await own.until('the words', () => textOf(own.doc) === '.honest')
    const bytes = (...values: number[]) => Uint8Array.from(values)
    const hostile: [name: string, frames: (Uint8Array | string)[], reason: string][] = [
      ['nothing', [bytes()], 'malformed-frame'],
      ['a text', ['hello'], 'malformed-frame'],
      ['a token of its own', [bytes(2, 0, 1, 65)], 'malformed-frame'],
      ['a stateless word', [bytes(5, 1, 65)], 'malformed-frame'],
      ['a close', [bytes(7, 1, 65)], 'malformed-frame'],
      ['a status', [bytes(8, 1)], 'malformed-frame'],
      ['an unknown step', [bytes(0, 9, 0)], 'malformed-frame'],
      ['a truncated sync', [bytes(0, 2, 200)], 'malformed-frame'],
      ['garbage for an update', [syncFrame(2, bytes(1, 2, 3, 4, 5, 6))], 'malformed-frame'],
      ['garbage for awareness', [bytes(1, 3, 1, 2, 3)], 'malformed-frame'],
      ['bytes behind a frame', [bytes(3, 0)], 'malformed-frame'],
      ['a frame over the limit', [syncFrame(2, new Uint8Array(120_000))], 'too-large'],
      ['text of another', [syncFrame(2, updateOf(honest.doc.clientID))], 'foreign-client-id'],
    ]
    for (const [name, frames, reason] of hostile) {
      const socket = raw(plainUrl(server, documentId, token()))
      await once(socket, 'open')
      const closed = closeOf(socket)
      socket.send(syncFrame(0, Y.encodeStateVector(new Y.Doc())))
      for (const frame of frames) socket.send(frame)
      expect([name, (await closed).reason]).toEqual([name, reason])
    }
    honest.type(' still')
    await own.until('the words', () => textOf(own.doc) === '.honest still')
    expect(honest.closes).toEqual([])
  })

  it('[IDENT-1] cannot speak for others: foreign states are ignored, and an echo of many costs nobody the connection', async () => {
    const { server, documentId, token, plain, ours } = await startHost({ limits: { awarenessBytes: 200 } })
    const own = await ours()
    own.provider.awareness?.setLocalState({ cursor: null })
    const others = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const client = plain()
        await client.synced()
        client.provider.awareness.setLocalStateField('cursor', null)
        return client
      }),
    )
    const all = () => others.every(({ provider }) => provider.awareness.getStates().size === 9)
    await own.until('everybody', all)
    // A real provider echoes what it hears: whoever comes now hears nine states at once, and may say four of itself.
    const latecomer = plain()
    await latecomer.until('everybody', () => latecomer.provider.awareness.getStates().size >= 9)
    latecomer.type('late')
    await own.until('the words', () => textOf(own.doc).includes('late'))
    expect([...others, latecomer].flatMap(({ closes }) => closes)).toEqual([])

    const liar = raw(plainUrl(server, documentId, token()))
    await once(liar, 'open')
    liar.send(syncFrame(0, Y.encodeStateVector(new Y.Doc())))
    const foreign = others[0]?.doc.clientID ?? 0
    liar.send(
      awarenessFrame([
        [foreign, null],
        [own.doc.clientID, { cursor: null, user: { name: 'The boss' } }],
      ]),
    )
    // Frames are taken in their order.
    liar.send(awarenessFrame([[4_242, { cursor: null }]]))
    await own.until('its own state', () => own.provider.awareness?.getStates().has(4_242) ?? false)
    others[1]?.type('after the lie')
    await own.until('the words', () => textOf(own.doc).includes('after the lie'))
    const seen = others[2]?.provider.awareness.getStates()
    expect(seen?.has(foreign)).toBe(true)
    expect(seen?.get(own.doc.clientID)?.user.name).toMatch(/^Person /)
  })
})
