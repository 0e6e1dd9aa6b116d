import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

let server: TestServer
let owner: TestPerson
let member: TestPerson
let guest: TestPerson
let workspaceId: string
beforeAll(async () => {
  server = await startTestServer({ config: { signUp: 'open' } })
  owner = await server.signUp('Owner')
  member = await server.signUp('Member')
  guest = await server.signUp('Guest')
  workspaceId = (await owner.api.workspaces.create({ name: 'Looms' })).id
  for (const [person, role] of [
    [member, 'member'],
    [guest, 'guest'],
  ] as const) {
    await person.api.workspaces.acceptInvite(await owner.api.workspaces.invite({ workspaceId, role }))
  }
})
afterAll(() => server.close())

test('[ACCESS-1] whoever makes a document manages it, and may share it', async () => {
  const { id: documentId, role } = await member.api.documents.create({ workspaceId, title: 'Mine' })
  expect(role).toBe('manage')
  const userId = guest.account.id
  await member.api.documents.setAccess({ documentId, userId, role: 'view' })
  expect(await guest.api.documents.get({ documentId })).toMatchObject({ title: 'Mine', role: 'view' })
  expect(await member.api.documents.access({ documentId })).toHaveLength(2)
  await member.api.documents.clearAccess({ documentId, userId })
  await expect(guest.api.documents.get({ documentId })).rejects.toMatchObject({ id: 'not-found' })
})

test('[ACCESS-1] who runs the workspace may take that from them', async () => {
  const { id: documentId } = await member.api.documents.create({ workspaceId, title: 'Mine' })
  const userId = member.account.id
  await owner.api.documents.clearAccess({ documentId, userId })
  expect(await member.api.documents.get({ documentId })).toMatchObject({ role: 'edit' })
  await expect(member.api.documents.access({ documentId })).rejects.toMatchObject({ id: 'not-permitted' })
})

test('[ACCESS-1] a document made twice under one id does not give back what was taken', async () => {
  const made = { workspaceId, id: 'made-offline-0123456789', title: 'Mine' }
  const { id: documentId } = await member.api.documents.create(made)
  await owner.api.documents.setAccess({ documentId, userId: member.account.id, role: 'view' })
  expect(await member.api.documents.create(made)).toMatchObject({ role: 'view' })
})
