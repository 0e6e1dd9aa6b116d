import { once } from 'node:events'
import type { CreatedApiKey } from '@weft/shared/embed'
import { type DocumentId, ErrorBody, randomId, type UserId, type WorkspaceId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'
import { PlainClient, stopPlainClients } from './plainProvider.ts'
import { awarenessStates, RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

interface Skewed {
  ahead: number
}

const skew: Skewed = { ahead: 0 }
let server: TestServer
let ann: TestPerson
let workspaceId: WorkspaceId
const clients: RawClient[] = []

beforeAll(async () => {
  const team = await startTeam({
    clock: { now: () => Date.now() + skew.ahead },
    limits: { httpRequestsPerMinute: 400 },
  })
  server = team.server
  ann = team.ann
  workspaceId = team.workspaceId
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  skew.ahead = 0
})
afterAll(() => server.close())

const user = { id: 'user-1', name: 'Ines' }
const makeKey = (
  more: { role?: 'view' | 'edit'; documentId?: DocumentId; name?: string; expiresInDays?: number } = {},
) => ann.api.embed.createKey({ workspaceId, name: 'Loom shop', ...more }) as Promise<CreatedApiKey>
const makeDocument = async (title = 'Shared', parentId: DocumentId | null = null): Promise<DocumentId> =>
  (await ann.api.documents.create({ workspaceId, title, parentId: parentId ?? undefined })).id as DocumentId

/** As the host's own server asks. */
async function ask(bearer: string | null, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${server.url}/api/v1/embed/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer === null ? {} : { authorization: bearer }),
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function tokenFor(key: CreatedApiKey, documentId: DocumentId, more: Record<string, unknown> = {}) {
  const { status, body } = await ask(`Bearer ${key.secret}`, { documentId, user, role: 'edit', ...more })
  expect([status, body]).toEqual([200, expect.anything()])
  return body as { token: string; expiresAt: number; userId: UserId }
}

function connect(): RawClient {
  const client = new RawClient(server.syncUrl)
  clients.push(client)
  return client
}

const addressOf = (documentId: DocumentId): string => `${documentChannel(documentId)}\0s`
const refusalOf = (body: unknown): string => ErrorBody.parse(body).id

async function deniedWith(documentId: DocumentId, token: string): Promise<string | undefined> {
  const client = connect()
  await client.opened
  client.auth(addressOf(documentId), token)
  await client.until('the refusal', () => client.of('auth').length === 1)
  return client.of('auth')[0]?.text
}

describe('API keys', () => {
  test('are told once: the list and the database hold no secret, nor do the kept answers', async () => {
    const key = await makeKey()
    expect(key.secret).toMatch(/^weft_[\w-]{43}$/)
    expect(key.secret.startsWith(key.prefix)).toBe(true)
    const listed = await ann.api.embed.keys({ workspaceId })
    expect(listed[0]).toMatchObject({ id: key.id, name: 'Loom shop', createdBy: ann.account.id, usedAt: null })
    const { read } = server.app.storage
    const kept = [
      listed,
      await read.selectFrom('api_keys').selectAll().execute(),
      await read.selectFrom('commands').selectAll().execute(),
      await read.selectFrom('events').selectAll().execute(),
    ]
    expect(JSON.stringify(kept)).not.toContain(key.secret.slice(key.prefix.length))
  })

  test('[EVENT-4] the command that made one gets the same answer when it is repeated', async () => {
    const commandId = randomId()
    const make = () => ann.api.embed.createKey({ workspaceId, name: 'Twice' }, { context: { commandId } })
    const [first, again] = [await make(), await make()]
    expect(again).toEqual(first)
    const named = (await ann.api.embed.keys({ workspaceId })).filter(({ name }) => name === 'Twice')
    expect(named).toHaveLength(1)
  })

  test('say when they were used, to within a minute', async () => {
    const key = await makeKey()
    await tokenFor(key, await makeDocument())
    await expect
      .poll(async () => (await ann.api.embed.keys({ workspaceId })).find(({ id }) => id === key.id)?.usedAt)
      .toBeGreaterThan(0)
  })

  test('are not for a document of another workspace, and go with their document', async () => {
    const other = (await ann.api.workspaces.create({ name: 'Other' })).id
    const there = (await ann.api.documents.create({ workspaceId: other, title: 'There' })).id as DocumentId
    await expect(makeKey({ documentId: there })).rejects.toMatchObject({ id: 'not-found' })
    const documentId = await makeDocument()
    const key = await makeKey({ documentId })
    await ann.api.documents.remove({ documentId })
    await ann.api.documents.purge({ documentId })
    expect((await ann.api.embed.keys({ workspaceId })).map(({ id }) => id)).not.toContain(key.id)
    const elsewhere = await makeDocument()
    expect((await ask(`Bearer ${key.secret}`, { documentId: elsewhere, user })).status).toBe(401)
  })
})

describe('host tokens', () => {
  test('[IDENT-1] a person of the host writes in their own name, with the mark of the host', async () => {
    const [key, documentId] = [await makeKey(), await makeDocument()]
    const { token, userId } = await tokenFor(key, documentId, { user: { ...user, name: 'Ann' } })
    expect(userId).not.toBe(ann.account.id)
    const client = connect()
    const text = await client.join(addressOf(documentId), token)
    client.update(
      addressOf(documentId),
      edit(text, (doc) => doc.getText('t').insert(0, 'hi')),
    )
    await client.until('the answer', () => client.statuses.length === 2)
    const rows = await server.app.storage.read
      .selectFrom('journal')
      .where('document_id', '=', documentId)
      .select('author_id')
      .execute()
    expect(rows.at(-1)?.author_id).toBe(userId)

    const beside = connect()
    await beside.join(addressOf(documentId), await ann.token())
    client.awareness(addressOf(documentId), 77, { user: { id: ann.account.id, name: 'Ann' }, cursor: null })
    const stamped = await beside.until('their caret', () => awarenessStates(beside.frames).get(77))
    expect(stamped).toMatchObject({ user: { id: userId, name: 'Ann (Loom shop)', visitor: true } })
  })

  test('nobody comes as somebody with an account, whatever id the host names', async () => {
    const [key, documentId] = [await makeKey(), await makeDocument()]
    const { userId } = await tokenFor(key, documentId, { user: { id: ann.account.id, name: 'Ann' } })
    expect(userId).toMatch(/^v_/)
    const again = await tokenFor(await makeKey(), documentId, { user: { id: ann.account.id, name: 'Ann' } })
    expect(again.userId).toBe(userId)
    const other = await tokenFor(await makeKey({ name: 'Other host' }), documentId, {
      user: { id: ann.account.id, name: 'Ann' },
    })
    expect(other.userId).not.toBe(userId)
  })

  test('give no more than the key, and live no longer', async () => {
    const [key, documentId] = [await makeKey({ role: 'view', expiresInDays: 1 }), await makeDocument()]
    const bearer = `Bearer ${key.secret}`
    expect(refusalOf((await ask(bearer, { documentId, user, role: 'edit' })).body)).toBe('not-permitted')
    for (const wrong of [
      { role: 'manage' },
      { expiresInSeconds: 3_601 },
      { expiresInSeconds: 1 },
      { user: { id: '', name: 'Ines' } },
      { user: { id: 'x', name: 'Ines\u202Egnp' } },
      { user: { id: 'x', name: 'Ines', image: 'http://plain.example/a.png' } },
      { user: { id: 'x', name: 'Ines', image: 'javascript:alert(1)' } },
    ]) {
      const { body } = await ask(bearer, { documentId, user, ...wrong })
      expect([wrong, refusalOf(body)]).toEqual([wrong, 'invalid-input'])
    }
    skew.ahead = 86_400_000 - 300_000
    const { token, expiresAt } = await tokenFor(key, documentId, { role: 'view', expiresInSeconds: 3_600 })
    expect(Math.abs(expiresAt - key.expiresAt)).toBeLessThan(1_000)
    const client = connect()
    await client.join(addressOf(documentId), token)
    expect(client.of('auth').at(-1)?.text).toBe('readonly')
    skew.ahead = 86_400_000 + 10_000
    expect((await ask(bearer, { documentId, user })).status).toBe(401)
    expect(await deniedWith(documentId, token)).toBe('denied:token-expired')
  })

  test('[ACCESS-3] open what the key reaches; all else is answered like what is not there', async () => {
    const [open, closed] = [await makeDocument('Open'), await makeDocument('Closed')]
    const below = await makeDocument('Below', open)
    await ann.api.documents.setRestricted({ documentId: closed, restricted: true })
    const other = (await ann.api.workspaces.create({ name: 'Other' })).id
    const foreign = (await ann.api.documents.create({ workspaceId: other, title: 'There' })).id as DocumentId
    const [whole, branch, secret] = [
      await makeKey(),
      await makeKey({ documentId: open }),
      await makeKey({ documentId: closed }),
    ]
    const elsewhere = await makeDocument('Elsewhere')
    const removed = await makeDocument('Removed')
    await ann.api.documents.remove({ documentId: removed })
    const all = { open, below, elsewhere, closed, foreign, removed, nowhere: randomId() as DocumentId }
    const opens = async (key: CreatedApiKey) => {
      const found: string[] = []
      const refused = new Set<string>()
      for (const [name, documentId] of Object.entries(all)) {
        const { status, body } = await ask(`Bearer ${key.secret}`, { documentId, user })
        if (status === 200) found.push(name)
        else refused.add(JSON.stringify([status, body]))
      }
      expect([...refused]).toEqual([JSON.stringify([404, ErrorBody.parse(JSON.parse([...refused][0] ?? '[]')[1])])])
      return found
    }
    expect(await opens(whole)).toEqual(['open', 'below', 'elsewhere'])
    expect(await opens(branch)).toEqual(['open', 'below'])
    expect(await opens(secret)).toEqual(['closed'])
  })

  test('[ACCESS-2] a revoked key: its sockets close at once, its tokens open nothing, it makes none', async () => {
    const [key, kept, documentId] = [await makeKey(), await makeKey(), await makeDocument()]
    const { token } = await tokenFor(key, documentId)
    const [theirs, others] = [connect(), connect()]
    await theirs.join(addressOf(documentId), token)
    await others.join(addressOf(documentId), (await tokenFor(kept, documentId)).token)
    const revoking = ann.api.embed.revokeKey({ workspaceId, keyId: key.id })
    expect(await theirs.socketClose()).toEqual({ code: 4403, reason: 'access-removed' })
    await revoking
    expect(others.closed).toBeNull()
    expect(await deniedWith(documentId, token)).toBe('denied:not-found')
    expect((await ask(`Bearer ${key.secret}`, { documentId, user })).status).toBe(401)
    expect((await ann.api.embed.keys({ workspaceId })).map(({ id }) => id)).not.toContain(key.id)
  })

  test('[ACCESS-2] a document that is restricted while they are in it closes to whom a key for all let in', async () => {
    const [key, documentId] = [await makeKey(), await makeDocument()]
    const client = connect()
    await client.join(addressOf(documentId), (await tokenFor(key, documentId)).token)
    await ann.api.documents.setRestricted({ documentId, restricted: true })
    expect(await client.channelClose()).toBe('access-removed')
  })

  test('no other secret makes one', async () => {
    const [key, documentId] = [await makeKey(), await makeDocument()]
    const { token } = await tokenFor(key, documentId)
    for (const bearer of [
      null,
      'Bearer ',
      key.secret,
      `Basic ${key.secret}`,
      `Bearer ${key.secret}x`,
      `Bearer ${key.secret.slice(0, -1)}`,
      `Bearer ${key.prefix}`,
      `Bearer ${key.id}`,
      `Bearer ${token}`,
      `Bearer ${await ann.token()}`,
    ]) {
      const { status, body } = await ask(bearer, { documentId, user })
      expect([bearer?.length, status, refusalOf(body)]).toEqual([bearer?.length, 401, 'signed-out'])
    }
  })

  test('[LIMIT-1] a key asks for so many tokens a minute, and another one is not held up by it', async () => {
    const [key, kept, documentId] = [await makeKey(), await makeKey(), await makeDocument()]
    // Minutes are counted by the clock: the first of them may be over too soon.
    let status = 0
    for (let asked = 0; status !== 429 && asked < 1_200; asked++) {
      status = (await ask(`Bearer ${key.secret}`, { documentId, user })).status
    }
    expect(status).toBe(429)
    await tokenFor(kept, documentId)
  })
})

test('[ACCESS-4] a token opens its document for a plain y-websocket client too, until its key is revoked', async () => {
  const [key, documentId] = [await makeKey(), await makeDocument()]
  const { token, userId } = await tokenFor(key, documentId)
  const client = new PlainClient(server.syncUrl, documentId, token)
  await client.synced()
  const beside = connect()
  await beside.join(addressOf(documentId), await ann.token())
  client.provider.awareness.setLocalStateField('cursor', null)
  const stamped = await beside.until('who they are', () => awarenessStates(beside.frames).get(client.doc.clientID))
  expect(stamped).toMatchObject({ user: { id: userId, name: 'Ines (Loom shop)' } })
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/y/${documentId}`, ['weft.token', token])
  const [first] = await once(socket, 'message').finally(() => socket.terminate())
  expect([socket.protocol, Buffer.isBuffer(first)]).toEqual(['weft.token', true])
  await ann.api.embed.revokeKey({ workspaceId, keyId: key.id })
  await client.until('the last close', () => client.last !== null)
  expect(client.last).toEqual({ code: 4403, reason: 'access-removed' })
  stopPlainClients()
})

test("[ACCESS-4] a person's own token for one document ends with their sign-in", async () => {
  const documentId = await makeDocument()
  const own = await ann.api.embed.ownToken({ documentId, role: 'view' })
  expect(own.userId).toBe(ann.account.id)
  const client = connect()
  await client.join(addressOf(documentId), own.token)
  expect(client.of('auth').at(-1)?.text).toBe('readonly')
  const ben = await server.signUp('Ben')
  await ben.api.workspaces.acceptInvite(await ann.api.workspaces.invite({ workspaceId }))
  const theirs = await ben.api.embed.ownToken({ documentId })
  const session = connect()
  await session.join(addressOf(documentId), theirs.token)
  await ben.fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  expect((await session.socketClose()).reason).toBe('token-expired')
  expect(await deniedWith(documentId, theirs.token)).toBe('denied:token-expired')
})

test('allowed places are kept as browsers name them, each once', async () => {
  const add = (origin: string) => ann.api.embed.addOrigin({ workspaceId, origin })
  const first = await add('https://Shop.example/some/page?x=1')
  expect(first.origin).toBe('https://shop.example')
  expect(await add(' https://shop.example:443 ')).toEqual(first)
  await add('http://localhost:5173')
  for (const wrong of ['shop.example', '*', 'https://*.example', 'javascript:alert(1)', 'file:///etc', 'null', '']) {
    await expect(add(wrong), wrong).rejects.toMatchObject({ id: 'invalid-input' })
  }
  const listed = (await ann.api.embed.origins({ workspaceId })).map(({ origin }) => origin)
  expect(listed).toEqual(['http://localhost:5173', 'https://shop.example'])
  await ann.api.embed.removeOrigin({ workspaceId, originId: first.id })
  await ann.api.embed.removeOrigin({ workspaceId, originId: first.id })
  expect(await ann.api.embed.origins({ workspaceId })).toHaveLength(1)
})
