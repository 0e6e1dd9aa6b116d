import { presenceChannel } from '@weft/shared/sync'
import { sql } from 'kysely'
import { afterEach, expect, test, vi } from 'vitest'
import { cookieOf, password, personWith, startTeam, type TestPerson, type TestServer } from './harness.ts'
import { onePixel } from './onePixel.ts'
import { joinChannel, RawClient } from './rawClient.ts'

const clients: RawClient[] = []
const servers: TestServer[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const json = { 'content-type': 'application/json' }
const post = (who: Pick<TestPerson, 'fetch'>, path: string, body: object) =>
  who.fetch(`/api/auth/${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) })

async function started() {
  const team = await startTeam()
  const { server, workspaceId } = team
  servers.push(server)
  const join = async (person: TestPerson) => {
    const { client } = await joinChannel(server.syncUrl, presenceChannel(workspaceId), person)
    clients.push(client)
    return client
  }
  /** The same person on another device. */
  const again = async (person: TestPerson, device: string) => {
    const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { ...json, origin: server.url, 'user-agent': device },
      body: JSON.stringify({ email: person.email, password }),
    })
    expect(response.status).toBe(200)
    return personWith(server.url, server.url, person.name, cookieOf(response))
  }
  const refusesToken = async (token: string) => {
    const client = new RawClient(server.syncUrl)
    clients.push(client)
    await client.opened
    client.auth(presenceChannel(workspaceId), token)
    await client.until('the refusal', () => client.of('auth').some(({ text }) => text === 'denied:token-expired'))
  }
  return { ...team, join, again, refusesToken }
}

test('[ACCESS-4] who is signed out on a device is out there at once: page, socket, and the tokens that it holds', async () => {
  const { ann, join, again, refusesToken } = await started()
  const phone = await again(ann, 'A phone')
  const [here, there] = [await join(ann), await join(phone)]
  const token = await phone.token()
  const { devices } = await ann.api.auth.security()
  expect(devices.map(({ userAgent, current }) => ({ userAgent, current }))).toEqual([
    { userAgent: 'node', current: true },
    { userAgent: 'A phone', current: false },
  ])
  // The list is no way into those other sessions.
  expect(phone.cookie).toContain('session_token')
  const secrets = decodeURIComponent(phone.cookie).split(/[=.;]/)
  expect(secrets.filter((part) => part.length > 20 && JSON.stringify(devices).includes(part))).toEqual([])

  const left = await ann.api.auth.signOutDevice({ id: devices[1]?.id ?? '' })
  expect(left.devices).toMatchObject([{ current: true }])
  expect(await there.socketClose()).toMatchObject({ reason: 'token-expired' })
  await expect(phone.api.auth.me()).rejects.toMatchObject({ id: 'signed-out' })
  await refusesToken(token)
  expect(here.closed).toBeNull()
  await expect(ann.api.auth.signOutDevice({ id: devices[1]?.id ?? '' })).rejects.toMatchObject({ id: 'not-found' })
})

test('signing out on all other devices leaves this one, and other people', async () => {
  const { ann, joins, join, again } = await started()
  const ben = await joins('Ben', 'member')
  const others = [await again(ann, 'A phone'), await again(ann, 'A tablet')]
  const [here, bens] = [await join(ann), await join(ben)]
  const there = await Promise.all(others.map(join))
  const { devices } = await ben.api.auth.security()
  await expect(ann.api.auth.signOutDevice({ id: devices[0]?.id ?? '' })).rejects.toMatchObject({ id: 'not-found' })
  expect((await ann.api.auth.signOutOthers()).devices).toHaveLength(1)
  for (const client of there) expect(await client.socketClose()).toMatchObject({ reason: 'token-expired' })
  for (const { api } of others) await expect(api.auth.me()).rejects.toMatchObject({ id: 'signed-out' })
  expect([here.closed, bens.closed]).toEqual([null, null])
  expect(await ben.api.auth.me()).toMatchObject({ name: 'Ben' })
})

test('signing out ends the sockets of that sign-in', async () => {
  const { ann, join, again } = await started()
  const phone = await again(ann, 'A phone')
  const [here, there] = [await join(ann), await join(phone)]
  expect((await post(phone, 'sign-out', {})).ok).toBe(true)
  expect(await there.socketClose()).toMatchObject({ reason: 'token-expired' })
  expect(here.closed).toBeNull()
})

test('a password is changed with the old one; other devices are signed out, and nobody is warned of their own', async () => {
  const { server, ann, again, join } = await started()
  const phone = await again(ann, 'A phone')
  const there = await join(phone)
  const change = (currentPassword: string, newPassword: string) =>
    post(ann, 'change-password', { currentPassword, newPassword, revokeOtherSessions: true })
  const wrong = await change('not my password', 'another long password')
  expect([wrong.status, await wrong.json()]).toEqual([400, expect.objectContaining({ code: 'INVALID_PASSWORD' })])
  const short = await change(password, 'short')
  expect([short.status, await short.json()]).toEqual([400, expect.objectContaining({ code: 'PASSWORD_TOO_SHORT' })])
  expect(await phone.api.auth.me()).toMatchObject({ name: 'Ann' })

  const changed = await change(password, 'another long password')
  expect(changed.status).toBe(200)
  expect(await there.socketClose()).toMatchObject({ reason: 'token-expired' })
  await expect(phone.api.auth.me()).rejects.toMatchObject({ id: 'signed-out' })
  const renewed = await personWith(server.url, server.url, 'Ann', cookieOf(changed))
  expect((await renewed.api.auth.security()).devices).toMatchObject([{ current: true }])
  await vi.waitFor(async () => {
    const warned = await server.app.storage.read
      .selectFrom('events')
      .select('fact')
      .where('type', '=', 'account.warned')
      .execute()
    expect(warned.map(({ fact }) => JSON.parse(fact).warning)).toEqual(['password-changed'])
  }, 15_000)
})

test('what one chooses for all devices goes with the account: one change alone, told to its own pages', async () => {
  const { server, ann, join, again, joins } = await started()
  const ben = await joins('Ben', 'member')
  const phone = await again(ann, 'A phone')
  const [there, bens] = [await join(phone), await join(ben)]
  expect((await ann.api.auth.me()).settings).toEqual({ language: null, tour: null })
  expect(await ann.api.auth.changeSettings({ language: 'de' })).toEqual({ language: 'de', tour: null })
  expect((await phone.api.auth.me()).settings).toEqual({ language: 'de', tour: null })
  const told = (client: RawClient) => client.of('stateless').filter(({ text }) => text?.includes('"account"'))
  await there.until('the word', () => told(there).length > 0)
  expect(told(bens)).toEqual([])
  expect((await ben.api.auth.me()).settings).toEqual({ language: null, tour: null })
  // What a change does not name stays.
  expect(await phone.api.auth.changeSettings({ tour: 'done' })).toEqual({ language: 'de', tour: 'done' })
  for (const body of [{ language: 'tlh' }, { language: 7 }, { language: 'x'.repeat(100_000) }]) {
    const refused = await ann.fetch('/api/v1/me/settings', {
      method: 'PATCH',
      headers: json,
      body: JSON.stringify(body),
    })
    expect(refused.status).toBe(400)
  }
  expect(await ann.api.auth.changeSettings({ language: null })).toEqual({ language: null, tour: 'done' })
  const kept = await server.app.storage.read.selectFrom('account_settings').selectAll().execute()
  expect(kept).toEqual([
    { user_id: ann.account.id, name: 'language', value: null },
    { user_id: ann.account.id, name: 'tour', value: 'done' },
  ])
})

test('an account is deleted with its password; the text stays, without the name', async () => {
  const { server, workspaceId, joins, join } = await started()
  const [ben, carl] = [await joins('Ben', 'member'), await joins('Carl', 'member')]
  const document = await ben.api.documents.create({ workspaceId, title: 'Ben’s work' })
  const alone = await ben.api.workspaces.create({ name: 'Ben’s own' })
  const own = await ben.api.documents.create({ workspaceId: alone.id, title: 'A diary' })
  const { image } = await ben.api.auth.setPicture({ data: onePixel })
  await ben.api.notifications.changePreferences({ timeZone: 'Europe/Berlin' })
  const open = await join(ben)
  expect(await ben.api.workspaces.leaving()).toEqual({ handOver: [], alone: [{ id: alone.id, name: 'Ben’s own' }] })

  for (const body of [{}, { password: '' }, { password: 'not my password' }]) {
    expect((await post(ben, 'delete-user', body)).status).toBe(400)
  }
  expect(await ben.api.auth.me()).toMatchObject({ name: 'Ben' })

  expect((await post(ben, 'delete-user', { password })).status).toBe(200)
  await open.until('the end', () => open.closed !== null || open.of('close').length > 0)
  await expect(ben.api.auth.me()).rejects.toMatchObject({ id: 'signed-out' })
  expect((await carl.api.workspaces.members({ workspaceId })).map(({ name }) => name)).toEqual(['Ann', 'Carl'])
  expect(await carl.api.documents.get({ documentId: document.id })).toMatchObject({ title: 'Ben’s work' })
  expect((await carl.fetch(image ?? '')).status).toBe(404)
  const { read } = server.app.storage
  const removed = await read.selectFrom('documents').where('id', '=', own.id).select('removed_at').execute()
  expect(removed).toEqual([{ removed_at: 0 }])
  // Whoever comes with the same address later is somebody else.
  const again = await server.signUp('Ben')
  expect(await again.api.workspaces.list()).toEqual([])
})

test('nothing of a deleted account is left but its id in what happened', async () => {
  const { server, workspaceId, joins, ann } = await started()
  const ben = await joins('Ben', 'member')
  const benId = ben.account.id
  const { id: documentId } = await ann.api.documents.create({ workspaceId, title: 'Warp' })
  await ben.api.documents.setStar({ documentId, starred: true })
  await ben.api.notifications.changePreferences({ timeZone: 'Europe/Berlin' })
  await ben.api.auth.changeSettings({ language: 'de' })
  await ann.api.workspaces.setRole({ workspaceId, userId: benId, role: 'admin' })
  await vi.waitFor(async () => expect((await ben.api.notifications.list({})).unread).toBe(1), 15_000)
  expect((await post(ben, 'delete-user', { password })).status).toBe(200)
  const { read } = server.app.storage
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
    read,
  )
  // What others were told of names the person by their id.
  const history = new Set([
    'notifications',
    'events',
    'activity',
    'journal',
    'client_ids',
    'documents',
    'segments',
    'spells',
    'mentions',
  ])
  const left: string[] = []
  for (const { name } of tables) {
    if (history.has(name) || /_(config|data|idx|docsize|content)$/.test(name)) continue
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(read)
    if (JSON.stringify(rows).includes(benId) || JSON.stringify(rows).includes(ben.email)) left.push(name)
  }
  expect(left).toEqual([])
  expect(await read.selectFrom('notifications').where('user_id', '=', benId).selectAll().execute()).toEqual([])
})

test('who owns a workspace with others in it, or the installation, cannot go before it has another owner', async () => {
  const { server, ann, workspaceId, joins } = await started()
  const ben = await joins('Ben', 'member')
  const eve = await server.signUp('Eve')
  const hers = await eve.api.workspaces.create({ name: 'Elsewhere' })
  await ben.api.workspaces.acceptInvite(await eve.api.workspaces.invite({ workspaceId: hers.id }))
  expect(await eve.api.workspaces.leaving()).toEqual({ handOver: [{ id: hers.id, name: 'Elsewhere' }], alone: [] })
  const refused = await post(eve, 'delete-user', { password })
  expect([refused.status, await refused.json()]).toEqual([409, expect.objectContaining({ id: 'conflict' })])
  // Somebody who is suspended may come back: they are not nobody.
  await eve.api.workspaces.suspendMember({ workspaceId: hers.id, userId: ben.account.id })
  expect((await post(eve, 'delete-user', { password })).status).toBe(409)
  await eve.api.workspaces.reinstateMember({ workspaceId: hers.id, userId: ben.account.id })
  await eve.api.workspaces.handOver({ workspaceId: hers.id, userId: ben.account.id })
  expect((await post(eve, 'delete-user', { password })).status).toBe(200)
  expect(await ben.api.workspaces.get({ workspaceId: hers.id })).toMatchObject({ role: 'owner' })

  await ann.api.workspaces.handOver({ workspaceId, userId: ben.account.id })
  const owner = await post(ann, 'delete-user', { password })
  expect([owner.status, await owner.json()]).toEqual([403, expect.objectContaining({ id: 'not-permitted' })])
  expect(await ann.api.workspaces.get({ workspaceId })).toMatchObject({ role: 'admin' })
})
