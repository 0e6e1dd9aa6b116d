import { DocumentId, randomId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'
import { RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

let server: TestServer
let ann: TestPerson
let workspaceId: string
const clients: RawClient[] = []
beforeAll(async () => {
  server = await startTestServer()
  ann = await server.signUp('Ann')
  workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
})
afterAll(() => server.close())

function client(url = server.syncUrl): RawClient {
  const made = new RawClient(url)
  clients.push(made)
  return made
}

const addressOf = (documentId: string): string => `${documentChannel(DocumentId.parse(documentId))}\0${randomId()}`

test('nodes and links that no editor of ours makes are stored, and leave as harmless text', async () => {
  const { id } = await ann.api.documents.create({ workspaceId, title: 'By hand' })
  const writer = client()
  const address = addressOf(id)
  const doc = await writer.join(address, await ann.token())
  const link = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  const sparkle = new Y.XmlElement('sparkle')
  writer.update(
    address,
    edit(doc, () => {
      paragraph.insert(0, [link])
      sparkle.insert(0, [new Y.XmlText('glitter')])
      doc.getXmlFragment('body').insert(0, [sparkle, paragraph])
      link.insert(0, 'press me', { link: { href: '\u0001java\tscript:alert(1)' } })
      doc.getXmlFragment('title').insert(0, [new Y.XmlElement('script')])
      doc.getMap('a field of ours that is not').set('key', 'value')
    }),
  )
  await writer.until('the acknowledgement', () => writer.statuses.length === 2)
  expect(writer.statuses).toEqual([true, true])
  const { markdown } = await ann.api.documents.export({ documentId: id })
  expect(markdown).toContain('glitter')
  expect(markdown).toContain('press me')
  expect(markdown).not.toMatch(/script|sparkle|alert/)
  const reader = client()
  expect(Y.equalSnapshots(Y.snapshot(await reader.join(addressOf(id), await ann.token())), Y.snapshot(doc))).toBe(true)
})

test('[ACCESS-4] the socket opens nothing for a token that is unsigned, cut, for something else, or in its address', async () => {
  const { id } = await ann.api.documents.create({ workspaceId, title: 'Closed' })
  const token = await ann.token()
  const [, payload = '', signature = ''] = token.split('.')
  const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
  const elsewhere = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(ann.account.id)
    .setAudience('weft-embed')
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(server.config.secret))
  for (const bad of [
    '',
    `${unsigned}.${payload}.`,
    `${unsigned}.${payload}.${signature}`,
    token.slice(0, -2),
    elsewhere,
  ]) {
    const caller = client()
    await caller.opened
    const address = addressOf(id)
    caller.auth(address, bad)
    caller.step1(address)
    await caller.until('the refusal', () => caller.of('auth').some(({ text }) => text === 'denied:token-expired'))
    expect(caller.of('sync-step-2')).toEqual([])
  }

  const caller = client(`${server.syncUrl}?token=${token}`)
  await caller.opened
  const address = addressOf(id)
  caller.step1(address)
  caller.update(
    address,
    edit(new Y.Doc(), (doc) => doc.getText('t').insert(0, 'x')),
  )
  // What is said without a token waits; the first refusal shows that all before it was read.
  caller.auth(addressOf(id), 'garbage')
  await caller.until('the refusal', () => caller.of('auth').length === 1)
  expect(caller.frames.map(({ type }) => type)).toEqual(['auth'])
})

test.for(['feed', 'threads', 'board', 'presences', 'DOC', 'doc/doc'])(
  '[ACCESS-3] there is no channel of the kind %s, and writing into it changes nothing',
  async (kind) => {
    const caller = client()
    await caller.opened
    const address = `${kind}/${ann.account.id}\0s`
    caller.auth(address, await ann.token())
    caller.step2(
      address,
      edit(new Y.Doc(), (doc) => doc.getMap('meta').set('unread', 0)),
    )
    await caller.until('the refusal', () => caller.of('auth').length === 1)
    expect(caller.of('auth')[0]?.text).toBe('denied:not-found')
    const { id } = await ann.api.documents.create({ workspaceId, title: 'Open' })
    await caller.join(addressOf(id), await ann.token())
    expect(caller.statuses).toEqual([true])
  },
)

test("[ACCESS-3] another person's inbox is like none, and nobody writes into their own", async () => {
  const { token } = await ann.api.workspaces.invite({ workspaceId })
  const ben = await server.signUp('Ben', token)
  const write = (caller: RawClient, address: string) =>
    caller.step2(
      address,
      edit(new Y.Doc(), (doc) => doc.getMap('meta').set('unread', 0)),
    )
  const stranger = client()
  await stranger.opened
  const address = `inbox/${ann.account.id}\0s`
  stranger.auth(address, await ben.token())
  write(stranger, address)
  await stranger.until('the refusal', () => stranger.of('auth').length === 1)
  expect(stranger.of('auth')[0]?.text).toBe('denied:not-found')

  const own = client()
  await own.opened
  own.auth(address, await ann.token())
  own.step1(address)
  write(own, address)
  await own.until('the answer', () => own.statuses.length === 1)
  expect(own.of('auth')[0]?.text).toBe('readonly')
  expect(own.statuses).toEqual([false])
})
