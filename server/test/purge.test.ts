import { trashDays } from '@weft/shared/documents'
import { CommandId, type DocumentId, must, randomId } from '@weft/shared/kit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { personWith, startTestServer, type TestPerson, type TestServer } from './harness.ts'

const clock = { at: Date.now(), now: () => clock.at }
const day = 24 * 3_600_000
let server: TestServer
let ann: TestPerson
let ben: TestPerson
let workspaceId: Awaited<ReturnType<TestPerson['api']['workspaces']['create']>>['id']
beforeAll(async () => {
  server = await startTestServer({ config: { signUp: 'open' }, clock })
  ann = await server.signUp('Ann')
  ben = await server.signUp('Ben')
  workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  const { token } = await ann.api.workspaces.invite({ workspaceId, role: 'member' })
  await ben.api.workspaces.acceptInvite({ token })
})
afterAll(() => server.close())

const make = (title: string, parentId: DocumentId | null = null) =>
  ann.api.documents.create({ workspaceId, title, parentId, markdown: `Words of ${title}.` })

const tables = [
  'journal',
  'snapshots',
  'segments',
  'client_ids',
  'document_access',
  'search_parts',
  'search_positions',
  'search_authors',
  'document_titles',
  'watches',
  'spells',
  'spell_positions',
  'stars',
  'notifications',
] as const

/** Tables that still have something of a document. */
async function left(documentId: DocumentId): Promise<string[]> {
  const found: string[] = []
  for (const table of tables) {
    const row = await server.app.storage.read
      .selectFrom(table)
      .where('document_id', '=', documentId)
      .select('document_id')
      .executeTakeFirst()
    if (row !== undefined) found.push(table)
  }
  return found
}
const gone = (documentId: DocumentId) =>
  vi.waitFor(async () => expect(await left(documentId)).toEqual([]), { timeout: 30_000, interval: 50 })

test('deleted for good: nothing of it or of what lies below is left in any table', async () => {
  const root = await make('Root')
  const leaf = await make('Leaf', root.id)
  await ben.api.documents.setStar({ documentId: leaf.id, starred: true })
  await ann.api.documents.setAccess({ documentId: leaf.id, userId: ben.account.id, role: 'view' })
  await vi.waitFor(async () => expect(await left(leaf.id)).toContain('notifications'), { timeout: 30_000 })
  await ann.api.documents.remove({ documentId: root.id })
  await expect(ben.api.documents.purge({ documentId: root.id })).rejects.toMatchObject({ id: 'not-permitted' })
  await ann.api.documents.purge({ documentId: root.id })
  await expect(ann.api.documents.restore({ documentId: root.id })).rejects.toMatchObject({ id: 'not-found' })
  for (const { id } of [root, leaf]) await gone(id)
  expect(await ann.api.documents.trash({ workspaceId })).toEqual([])
  // Its id is not given to another text while the old one may still be on its way out.
  await expect(ann.api.documents.create({ workspaceId, id: root.id })).rejects.toMatchObject({ id: 'conflict' })
})

test('what was put into the trash before it, and stood below it, stays there with its access', async () => {
  const root = await make('Restricted root')
  await ann.api.documents.setRestricted({ documentId: root.id, restricted: true })
  const before = await make('Before', root.id)
  await ann.api.documents.remove({ documentId: before.id })
  clock.at += 1
  await ann.api.documents.remove({ documentId: root.id })
  await ann.api.documents.purge({ documentId: root.id })
  await ann.api.documents.restore({ documentId: before.id })
  expect(await ann.api.documents.get({ documentId: before.id })).toMatchObject({ parentId: null, narrower: true })
  await expect(ben.api.documents.get({ documentId: before.id })).rejects.toMatchObject({ id: 'not-found' })
})

test('emptying the trash takes what one manages', async () => {
  const [ours, theirs] = [await make('Ours'), await ben.api.documents.create({ workspaceId, title: 'Theirs' })]
  for (const { id } of [ours, theirs]) await ben.api.documents.remove({ documentId: id })
  expect(await ben.api.documents.emptyTrash({ workspaceId })).toEqual({ purged: 1 })
  expect((await ann.api.documents.trash({ workspaceId })).map(({ id }) => id)).toEqual([ours.id])
  const once = { context: { commandId: CommandId.parse(randomId()) } }
  const first = await ann.api.documents.emptyTrash({ workspaceId }, once)
  expect(first).toEqual({ purged: 1 })
  expect(await ann.api.documents.emptyTrash({ workspaceId }, once)).toEqual(first)
})

test('after thirty days in the trash it goes by itself, also when the time is over while the server is not there', async () => {
  const root = await make('Forgotten')
  const leaves = await Promise.all(Array.from({ length: 60 }, (_, at) => make(`Leaf ${at}`, root.id)))
  const young = await make('Young')
  await ann.api.documents.remove({ documentId: root.id })
  clock.at += 2 * day
  await ann.api.documents.remove({ documentId: young.id })
  clock.at += (trashDays - 1) * day
  server = await server.restart()
  await gone(root.id)
  await gone(must(leaves[0], 'a leaf').id)
  const again = await personWith(server.url, server.url, 'Ann', ann.cookie)
  const trash = await again.api.documents.trash({ workspaceId })
  expect(trash.map(({ title }) => title)).toEqual(['Young'])
})
