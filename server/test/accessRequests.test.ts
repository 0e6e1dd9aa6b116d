import { DocumentId, randomId, WeftError, WorkspaceId } from '@weft/shared/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'

const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
const day = 86_400_000

let server: TestServer
let ann: TestPerson
let ben: TestPerson
let cleo: TestPerson
let gus: TestPerson
let outsider: TestPerson
let workspaceId: WorkspaceId

beforeAll(async () => {
  const team = await startTeam({ clock })
  ;({ server, ann, workspaceId } = team)
  ben = await team.joins('Ben', 'member')
  cleo = await team.joins('Cleo', 'member')
  gus = await team.joins('Gus', 'guest')
  outsider = await server.signUp('Olga')
})
afterAll(() => server.close())

/** A document that only Ann, and Cleo if she is said to manage it, may open. */
async function secret(managers: readonly TestPerson[] = []): Promise<DocumentId> {
  const { id: documentId } = await ann.api.documents.create({ workspaceId, title: 'Secret' })
  await ann.api.documents.setRestricted({ documentId, restricted: true })
  for (const { account } of managers)
    await ann.api.documents.setAccess({ documentId, userId: account.id, role: 'manage' })
  return documentId
}

const nobodys = (): DocumentId => DocumentId.parse(randomId())
const ask = (by: TestPerson, documentId: DocumentId) => by.api.documents.askAccess({ workspaceId, documentId })
const heard = async (by: TestPerson) =>
  (await by.api.notifications.list({})).notifications.filter(({ kind }) => kind === 'access-request')
const hears = (by: TestPerson, documentId: DocumentId, count: number) =>
  expect
    .poll(async () => (await heard(by)).filter((row) => row.documentId === documentId).map((row) => row.count), {
      timeout: 30_000,
    })
    .toEqual(count === 0 ? [] : [count])
const asking = async (by: TestPerson, documentId: DocumentId) =>
  (await by.api.documents.accessRequests({ documentId })).map(({ userId }) => userId)
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof WeftError) return error.id
      throw error
    },
  )
/** Everything that happened so far has been told to whom it concerns. */
async function toldTo(by: TestPerson): Promise<void> {
  const documentId = await secret(by === ann ? [] : [by])
  await ask(gus, documentId)
  await hears(by, documentId, 1)
}

test('who asks is let in by those who manage the document, who have heard of it, and by nobody else', async () => {
  const documentId = await secret([cleo])
  await ask(ben, documentId)
  await hears(ann, documentId, 1)
  await hears(cleo, documentId, 1)
  expect(await heard(gus)).toEqual([])
  expect((await heard(ann))[0]).toMatchObject({
    reason: 'you-manage',
    actorIds: [ben.account.id],
    workspaceId,
    documentId,
  })
  expect(await asking(cleo, documentId)).toEqual([ben.account.id])
  expect(await refusal(asking(ben, documentId))).toBe('not-found')
  await cleo.api.documents.setAccess({ documentId, userId: ben.account.id, role: 'edit' })
  expect(await ben.api.documents.get({ documentId })).toMatchObject({ role: 'edit' })
  expect(await asking(ann, documentId)).toEqual([])
})

test('[ACCESS-3] who asks is answered alike for what is there, what is in the trash, what they may see, and what is not', async () => {
  const trashed = await secret()
  await ann.api.documents.remove({ documentId: trashed })
  const { id: open } = await ann.api.documents.create({ workspaceId, title: 'Open' })
  const head = async () => (await ben.api.documents.setStar({ documentId: open, starred: true })).seq
  const steps: number[] = []
  for (const documentId of [await secret(), trashed, open, nobodys()]) {
    const before = await head()
    expect(await ask(ben, documentId)).toEqual({ asked: true })
    // Not even the count of what happens in the workspace tells them apart.
    steps.push((await head()) - before)
    expect(await ask(ben, documentId)).toEqual({ asked: true })
    steps.push((await head()) - before)
  }
  expect(steps).toEqual(Array(8).fill(1))
  await toldTo(ann)
  for (const documentId of [trashed, open]) await hears(ann, documentId, 0)
  expect(await refusal(outsider.api.documents.askAccess({ workspaceId, documentId: open }))).toBe('not-found')
  const elsewhere = { workspaceId: WorkspaceId.parse(randomId()), documentId: open }
  expect(await refusal(ben.api.documents.askAccess(elsewhere))).toBe('not-found')
})

test('[NOTIFY-1] one open request a person and document; a refusal tells nothing, and holds for some days', async () => {
  const documentId = await secret()
  await ask(ben, documentId)
  await ask(ben, documentId)
  await hears(ann, documentId, 1)
  await ask(gus, documentId)
  await hears(ann, documentId, 2)
  await ann.api.documents.declineAccess({ documentId, userId: ben.account.id })
  expect(await asking(ann, documentId)).toEqual([gus.account.id])
  expect(await ask(ben, documentId)).toEqual({ asked: true })
  await toldTo(ann)
  await hears(ann, documentId, 2)
  expect((await ben.api.notifications.list({})).notifications.filter((row) => row.documentId === documentId)).toEqual(
    [],
  )
  clock.ahead = 8 * day
  try {
    await ask(ben, documentId)
    await hears(ann, documentId, 3)
    expect((await asking(ann, documentId)).toSorted()).toEqual([gus.account.id, ben.account.id].toSorted())
  } finally {
    clock.ahead = 0
  }
})

test('a request for a document of another workspace reaches nobody; one goes with its membership', async () => {
  const second = (await ann.api.workspaces.create({ name: 'Second' })).id
  const documentId = await secret()
  await ben.api.workspaces.acceptInvite(await ann.api.workspaces.invite({ workspaceId: second }))
  await ben.api.documents.askAccess({ workspaceId: second, documentId })
  await toldTo(ann)
  await hears(ann, documentId, 0)
  expect(await asking(ann, documentId)).toEqual([])
  const other = await secret()
  await ask(cleo, other)
  await ann.api.workspaces.removeMember({ workspaceId, userId: cleo.account.id })
  expect(await asking(ann, other)).toEqual([])
})

test('[LIMIT-1] nobody asks for more than some documents a day', async () => {
  const answers: string[] = []
  for (let asked = 0; asked < 25; asked++) answers.push(await refusal(ask(gus, nobodys())))
  expect(answers.at(-1)).toBe('too-many')
  expect(answers.indexOf('too-many')).toBeGreaterThan(10)
})
