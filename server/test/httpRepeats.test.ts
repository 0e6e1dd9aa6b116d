import { CommandId, DocumentId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

let server: TestServer
let ann: TestPerson
let workspaceId: WorkspaceId
beforeAll(async () => {
  server = await startTestServer()
  ann = await server.signUp('Ann')
  workspaceId = (await ann.api.workspaces.create({ name: 'Repeats' })).id
})
afterAll(() => server.close())

const once = () => ({ context: { commandId: CommandId.parse(randomId()) } })
const make = (title: string) => ann.api.documents.create({ workspaceId, title })
const head = async (): Promise<number> =>
  (
    await server.app.storage.read
      .selectFrom('event_heads')
      .select('seq')
      .where('scope', '=', workspaceId)
      .executeTakeFirstOrThrow()
  ).seq

/** Sends a command three times, one of them beside the first, and expects one event and one answer. */
async function expectOnce(send: () => Promise<unknown>): Promise<void> {
  const before = await head()
  const [first, beside] = await Promise.all([send(), send()])
  expect(beside).toEqual(first)
  expect(await send()).toEqual(first)
  expect(await head()).toBe(before + 1)
}

describe('[EVENT-4] a command whose answer was lost is sent again, and answers as before', () => {
  test('removing and restoring, although the document is not where it was', async () => {
    const { id: documentId } = await make('In and out')
    const [removing, restoring] = [once(), once()]
    await expectOnce(() => ann.api.documents.remove({ documentId }, removing))
    await expectOnce(() => ann.api.documents.restore({ documentId }, restoring))
    // A late copy of the first one, after the second.
    await ann.api.documents.remove({ documentId }, removing)
    expect((await ann.api.documents.get({ documentId })).title).toBe('In and out')
  })

  test('moving, although it was moved on or is in the trash by now', async () => {
    const [parent, child] = [await make('Parent'), await make('Child')]
    const [moving, back] = [once(), once()]
    const move = () => ann.api.documents.move({ documentId: child.id, parentId: parent.id }, moving)
    await expectOnce(move)
    await ann.api.documents.move({ documentId: child.id, parentId: null }, back)
    await move()
    expect((await ann.api.documents.get({ documentId: child.id })).parentId).toBeNull()
    await ann.api.documents.remove({ documentId: child.id })
    await expect(move()).resolves.toMatchObject({ seq: expect.any(Number) })
  })

  test('creating, although its maker may not create any more', async () => {
    const { token } = await ann.api.workspaces.invite({ workspaceId, role: 'member' })
    const ben = await server.signUp('Ben', token)
    await ben.api.workspaces.acceptInvite({ token })
    const [id, creating] = [DocumentId.parse(randomId()), once()]
    const create = () => ben.api.documents.create({ workspaceId, id }, creating)
    await create()
    await ann.api.workspaces.setRole({ workspaceId, userId: ben.account.id, role: 'guest' })
    expect((await create()).id).toBe(id)
  })

  test('renaming, although somebody else has renamed it since', async () => {
    const { id: documentId } = await make('Old')
    const renaming = once()
    const rename = () => ann.api.documents.rename({ documentId, title: 'Newer' }, renaming)
    await expectOnce(rename)
    await ann.api.documents.rename({ documentId, title: 'Newest' })
    await rename()
    expect((await ann.api.documents.get({ documentId })).title).toBe('Newest')
  })

  test.each([
    ['to other words', 'Other'],
    ['by a deletion alone', 'Ol'],
    ['to nothing', ''],
  ])('renaming %s, also when the process ended between the text and the note of its answer', async (_how, title) => {
    const { id: documentId } = await make('Old')
    const renaming = once()
    const rename = () => ann.api.documents.rename({ documentId, title }, renaming)
    await rename()
    await server.app.storage.transaction((tx) =>
      tx.deleteFrom('commands').where('id', '=', renaming.context.commandId).execute(),
    )
    await ann.api.documents.rename({ documentId, title: 'Newest' })
    await rename()
    expect((await ann.api.documents.get({ documentId })).title).toBe('Newest')
  })
})

test('a command that names its person is not executed for somebody else who has signed in since', async () => {
  const { token } = await ann.api.workspaces.invite({ workspaceId, role: 'member' })
  const cleo = await server.signUp('Cleo', token)
  const post = (person: TestPerson) =>
    person.fetch('/api/v1/workspaces', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'weft-user': ann.account.id },
      body: JSON.stringify({ name: 'Whose?' }),
    })
  expect((await post(ann)).status).toBe(201)
  const refused = await post(cleo)
  expect([refused.status, await refused.json()]).toEqual([401, expect.objectContaining({ id: 'signed-out' })])
})

test('[LIMIT-1] whoever asks too often is told when to come again', async () => {
  await using small = await startTestServer({ limits: { httpRequestsPerMinute: 3 } })
  const dan = await small.signUp('Dan')
  const answers: Response[] = []
  while (answers.at(-1)?.status !== 429) answers.push(await dan.fetch('/api/v1/workspaces'))
  const seconds = Number(answers.at(-1)?.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(60)
})
