import type { DocumentId, UserId } from '@weft/shared/kit'
import { documentChannel, presenceChannel } from '@weft/shared/sync'
import { afterEach, expect, test, vi } from 'vitest'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'
import { joinChannel, type RawClient } from './rawClient.ts'

const clients: RawClient[] = []
const servers: TestServer[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function started() {
  const team = await startTeam()
  const { server, ann, workspaceId } = team
  servers.push(server)
  const on = (userId: UserId) => ({ workspaceId, userId })
  const join = async (person: TestPerson, channel: string) => {
    const { client } = await joinChannel(server.syncUrl, channel, person)
    clients.push(client)
    return client
  }
  const facts = async () => {
    const rows = await server.app.storage.read
      .selectFrom('events')
      .select('fact')
      .where('scope', '=', workspaceId)
      .where('type', 'in', ['member.suspended', 'member.reinstated', 'member.role-changed'])
      .orderBy('seq')
      .execute()
    return rows.map(({ fact }) => JSON.parse(fact))
  }
  const names = async (calls: Promise<{ name: string }[]>) => (await calls).map(({ name }) => name)
  const members = () => names(ann.api.workspaces.members({ workspaceId }))
  const suspended = () => names(ann.api.workspaces.suspended({ workspaceId }))
  return { ...team, on, join, facts, members, suspended }
}

test('[ACCESS-2] who is suspended is out of everything at once, and comes back as they were', async () => {
  const { ann, workspaceId, joins, on, join, facts, members, suspended } = await started()
  const ben = await joins('Ben', 'guest')
  const benId = ben.account.id
  const documentId = (await ann.api.documents.create({ workspaceId, title: 'Warp' })).id as DocumentId
  await ann.api.documents.setAccess({ documentId, userId: benId, role: 'edit' })
  const before = await ben.api.workspaces.get({ workspaceId })
  const open = await join(ben, documentChannel(documentId))

  await ann.api.workspaces.suspendMember(on(benId))
  expect(await open.channelClose()).toBe('access-removed')
  await expect(ben.api.documents.get({ documentId })).rejects.toMatchObject({ id: 'not-found' })
  await expect(ben.api.workspaces.get({ workspaceId })).rejects.toMatchObject({ id: 'not-found' })
  expect(await ben.api.workspaces.list()).toEqual([])
  expect(await members()).toEqual(['Ann'])
  expect(await suspended()).toEqual(['Ben'])
  // No invitation is a way around it.
  const { token } = await ann.api.workspaces.invite({ workspaceId })
  await expect(ben.api.workspaces.acceptInvite({ token })).rejects.toMatchObject({ id: 'not-permitted' })
  // Nor is anything new given to them meanwhile.
  await expect(ann.api.documents.setAccess({ documentId, userId: benId, role: 'manage' })).rejects.toMatchObject({
    id: 'not-found',
  })

  await ann.api.workspaces.reinstateMember(on(benId))
  expect(await ben.api.workspaces.get({ workspaceId })).toEqual(before)
  expect(await ben.api.documents.get({ documentId })).toMatchObject({ role: 'edit' })
  expect(await suspended()).toEqual([])
  await join(ben, documentChannel(documentId))
  expect(await facts()).toEqual([
    { type: 'member.suspended', userId: benId },
    { type: 'member.reinstated', userId: benId, role: 'guest' },
  ])
})

test('suspending and bringing back twice is told once; the person hears of both', async () => {
  const { ann, joins, on, facts } = await started()
  const ben = await joins('Ben', 'member')
  const { suspendMember, reinstateMember } = ann.api.workspaces
  const sameTwice = async (call: typeof suspendMember) => {
    const [first, second] = [await call(on(ben.account.id)), await call(on(ben.account.id))]
    expect(second).toEqual(first)
  }
  const hears = (detail: object) =>
    vi.waitFor(async () => {
      const { notifications } = await ben.api.notifications.list({})
      expect(notifications).toContainEqual(expect.objectContaining({ kind: 'membership', detail }))
    }, 45_000)
  await sameTwice(suspendMember)
  await hears({ workspaceName: 'Looms', suspended: true })
  await sameTwice(reinstateMember)
  await hears({ role: 'member' })
  expect(await facts()).toHaveLength(2)
})

test('an owner is not suspended, nobody suspends themselves, and strangers are not there', async () => {
  const { server, ann, workspaceId, joins, on, members, suspended } = await started()
  const [ben, eve] = [await joins('Ben', 'member'), await server.signUp('Eve')]
  await ann.api.workspaces.setRole({ ...on(ben.account.id), role: 'admin' })
  const refused = (person: TestPerson, userId: UserId) => person.api.workspaces.suspendMember(on(userId))
  await expect(refused(ben, ann.account.id)).rejects.toMatchObject({ id: 'not-permitted' })
  await expect(refused(ben, ben.account.id)).rejects.toMatchObject({ id: 'conflict' })
  await expect(refused(ben, eve.account.id)).rejects.toMatchObject({ id: 'not-found' })
  const back = ann.api.workspaces.reinstateMember(on(eve.account.id))
  await expect(back).rejects.toMatchObject({ id: 'not-found' })
  expect(await members()).toEqual(['Ann', 'Ben'])
  expect(await suspended()).toEqual([])
  expect(await ann.api.workspaces.get({ workspaceId })).toMatchObject({ role: 'owner' })
})

test('who is suspended can be removed, and then needs a newer invitation', async () => {
  const { ann, workspaceId, joins, on, suspended } = await started()
  const ben = await joins('Ben', 'member')
  const { token } = await ann.api.workspaces.invite({ workspaceId })
  await ann.api.workspaces.suspendMember(on(ben.account.id))
  await ann.api.workspaces.removeMember(on(ben.account.id))
  expect(await suspended()).toEqual([])
  await expect(ben.api.workspaces.acceptInvite({ token })).rejects.toMatchObject({ id: 'invite-not-valid' })
  const newer = await ann.api.workspaces.invite({ workspaceId })
  expect(await ben.api.workspaces.acceptInvite(newer)).toMatchObject({ role: 'member' })
})

test('a workspace is handed over to a member, who owns it alone; guests, strangers and admins hand nothing over', async () => {
  const { server, ann, workspaceId, joins, on, join, facts } = await started()
  const [ben, gus] = [await joins('Ben', 'member'), await joins('Gus', 'guest')]
  const eve = await server.signUp('Eve')
  const page = await join(ben, presenceChannel(workspaceId))
  await expect(ann.api.workspaces.handOver(on(gus.account.id))).rejects.toMatchObject({ id: 'conflict' })
  await expect(ann.api.workspaces.handOver(on(eve.account.id))).rejects.toMatchObject({ id: 'not-found' })
  await expect(ben.api.workspaces.handOver(on(ben.account.id))).rejects.toMatchObject({ id: 'not-permitted' })

  const heard = page.of('stateless').length
  await ann.api.workspaces.handOver(on(ben.account.id))
  const members = await ben.api.workspaces.members({ workspaceId })
  expect(members.map(({ name, role }) => [name, role])).toEqual([
    ['Ann', 'admin'],
    ['Ben', 'owner'],
    ['Gus', 'guest'],
  ])
  expect(await facts()).toEqual([
    { type: 'member.role-changed', userId: ben.account.id, from: 'member', to: 'owner' },
    { type: 'member.role-changed', userId: ann.account.id, from: 'owner', to: 'admin' },
  ])
  await page.until('the word', () => page.of('stateless').length > heard)
  await expect(ann.api.workspaces.handOver(on(ann.account.id))).rejects.toMatchObject({ id: 'not-permitted' })
  // Of two that are said at once, one is done.
  const both = [ann.account.id, gus.account.id].map((userId) => ben.api.workspaces.handOver(on(userId)))
  const ends = await Promise.allSettled(both)
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
})
