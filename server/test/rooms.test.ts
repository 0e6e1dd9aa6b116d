import { once } from 'node:events'
import { connect } from 'node:net'
import type { DocumentId } from '@weft/shared/kit'
import { documentChannel, presenceChannel, ServerWord } from '@weft/shared/sync'
import { setTitle } from '@weft/shared/text'
import { afterEach, expect, test, vi } from 'vitest'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'
import { awarenessStates, joinChannel, RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

const clients: RawClient[] = []
const servers: TestServer[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function started() {
  const team = await startTeam()
  servers.push(team.server)
  return team
}

async function connected(server: TestServer, person: TestPerson, channel: string) {
  const session = await joinChannel(server.syncUrl, channel, person)
  clients.push(session.client)
  return session
}

const words = (client: RawClient): ServerWord[] =>
  client.of('stateless').map((frame) => ServerWord.parse(JSON.parse(frame.text)))
const changes = (client: RawClient) => words(client).flatMap((word) => (word.type === 'changed' ? [word] : []))

test('open pages are told what has changed, in the order of events, and nobody else is', async () => {
  const { server, ann, workspaceId, joins } = await started()
  const [ben, gus] = [await joins('Ben', 'member'), await joins('Gus', 'guest')]
  const eve = await server.signUp('Eve')
  const hers = (await eve.api.workspaces.create({ name: 'Elsewhere' })).id
  const { client } = await connected(server, ben, presenceChannel(workspaceId))
  const { client: other } = await connected(server, eve, presenceChannel(hers))
  const refused = new RawClient(server.syncUrl)
  clients.push(refused)
  await refused.opened
  refused.auth(`${presenceChannel(workspaceId)}\0s`, await gus.token())
  refused.step1(`${presenceChannel(workspaceId)}\0s`)
  await refused.until('the refusal', () => refused.of('auth').some((frame) => frame.text.startsWith('denied:')))

  const before = changes(client).length
  const { id: documentId } = await ann.api.documents.create({ workspaceId, title: 'Warp' })
  await ann.api.documents.setAccess({ documentId, userId: gus.account.id, role: 'view' })
  await ann.api.workspaces.invite({ workspaceId })
  await ann.api.workspaces.rename({ workspaceId, name: 'Mills' })
  await client.until('four words', () => changes(client).length >= before + 4)
  const heard = changes(client).slice(before)
  expect(heard.map(({ topics }) => topics)).toEqual([['documents'], ['documents'], ['invites'], ['workspace']])
  const seqs = heard.map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.map((_, n) => (seqs[0] ?? 0) + n))
  // [ACCESS-5] What many hear names nothing.
  expect(JSON.stringify(heard)).not.toContain(documentId)
  await eve.api.workspaces.rename({ workspaceId: hers, name: 'There' })
  await other.until('her own word', () => changes(other).some(({ topics }) => topics.includes('workspace')))
  expect(changes(other)).toHaveLength(1)
  expect(changes(refused)).toEqual([])
})

test('a changed name is told to the pages of every workspace that the person belongs to, and to no other', async () => {
  const { server, ann, workspaceId, joins } = await started()
  const ben = await joins('Ben', 'member')
  const eve = await server.signUp('Eve')
  const hers = (await eve.api.workspaces.create({ name: 'Elsewhere' })).id
  const { client } = await connected(server, ann, presenceChannel(workspaceId))
  const { client: other } = await connected(server, eve, presenceChannel(hers))
  const { client: bens, address, doc } = await connected(server, ben, presenceChannel(workspaceId))
  const seen = () => awarenessStates(client.of('awareness'))
  const before = changes(client).length
  const answer = await ben.fetch('/api/auth/update-user', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Benedikt' }),
  })
  expect(answer.ok).toBe(true)
  await client.until('the word', () => changes(client).length > before)
  expect(changes(client).slice(before)).toMatchObject([{ topics: ['members'] }])
  const members = await ann.api.workspaces.members({ workspaceId })
  expect(members.map(({ name }) => name)).toContain('Benedikt')
  // [IDENT-1] What their open pages say from then on carries the name of today.
  let clock = 0
  const names = () => {
    bens.awareness(address, doc.clientID, {}, ++clock)
    expect(JSON.stringify([...seen().values()])).toContain('Benedikt')
  }
  await vi.waitFor(names, { timeout: 15_000, interval: 100 })
  await eve.api.workspaces.rename({ workspaceId: hers, name: 'There' })
  await other.until('her own word', () => changes(other).length > 0)
  expect(changes(other)).toHaveLength(1)
})

test('when somebody was last here is kept, over a restart too, and goes with their membership', async () => {
  const { server, ann, workspaceId, joins } = await started()
  const ben = await joins('Ben', 'member')
  const lastSeen = async () => {
    const rows = await ann.api.presence.lastSeen({ workspaceId })
    return rows.find(({ userId }) => userId === ben.account.id)?.at ?? 0
  }
  expect(await lastSeen()).toBe(0)
  const { client, address, doc } = await connected(server, ben, presenceChannel(workspaceId))
  client.awareness(address, doc.clientID, {})
  await vi.waitFor(async () => expect(await lastSeen()).toBeGreaterThan(0), 15_000)
  const came = await lastSeen()
  await client.end()
  await vi.waitFor(async () => expect(await lastSeen()).toBeGreaterThan(came), 15_000)
  const left = await lastSeen()

  const again = await server.restart()
  servers.splice(0, servers.length, again)
  const get = (path: string) => fetch(`${again.url}/api/v1/${path}`, { headers: { cookie: ann.cookie } })
  const members: { id: string; lastSeenAt: number }[] = await (await get(`workspaces/${workspaceId}/members`)).json()
  expect(members.find(({ id }) => id === ben.account.id)?.lastSeenAt).toBe(left)
  await fetch(`${again.url}/api/v1/workspaces/${workspaceId}/members/${ben.account.id}`, {
    method: 'DELETE',
    headers: { cookie: ann.cookie },
  })
  expect(await again.app.storage.read.selectFrom('last_seen').select('at').execute()).toEqual([])
})

test('[SAVE-1] a stop waits for what is written, tells live sockets why, and closes them', async () => {
  const { server, ann, workspaceId } = await started()
  const { id } = await ann.api.documents.create({ workspaceId, title: 'Before' })
  const documentId = id as DocumentId
  const { client, address, doc } = await connected(server, ann, documentChannel(documentId))
  const { client: idle } = await connected(server, ann, presenceChannel(workspaceId))
  for (let n = 0; n < 50; n++)
    client.update(
      address,
      edit(doc, (text) => setTitle(text, `After ${n}`)),
    )
  await client.until('the first answer', () => client.statuses.length > 1)
  // Neither a request that is half sent nor an upgrade that never goes on holds it up.
  const halves = [
    'POST /api/v1/workspaces HTTP/1.1\r\nhost: x\r\ncontent-le',
    'GET /sync HTTP/1.1\r\nupgrade: websocket\r\n',
  ]
  const ends = halves.map(async (half) => {
    const socket = connect(server.app.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(half)
    // A reset is an end as well.
    socket.resume().on('error', () => {})
    return socket
  })
  const closed = (await Promise.all(ends)).map(
    (socket) => new Promise<void>((resolve) => socket.on('close', () => resolve())),
  )
  const stopping = server.app.close()
  expect(await stopping).toBe(true)
  await Promise.all(closed)
  for (const each of [client, idle]) expect((await each.socketClose()).reason).toBe('server-restarting')
  const acknowledged = client.statuses.length - 2
  const again = await server.restart()
  servers.splice(0, servers.length, again)
  const response = await fetch(`${again.url}/api/v1/documents/${documentId}/export`, {
    headers: { cookie: ann.cookie },
  })
  const { title } = await response.json()
  expect(Number(/^After (\d+)$/.exec(title)?.[1])).toBeGreaterThanOrEqual(acknowledged)
})
