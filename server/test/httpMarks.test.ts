import { DocumentId, FileId, must, randomId } from '@weft/shared/kit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

let server: TestServer
let ann: TestPerson
let ben: TestPerson
let workspaceId: Awaited<ReturnType<TestPerson['api']['workspaces']['create']>>['id']
beforeAll(async () => {
  server = await startTestServer({ config: { signUp: 'open' } })
  ann = await server.signUp('Ann')
  ben = await server.signUp('Ben')
  workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  const { token } = await ann.api.workspaces.invite({ workspaceId, role: 'member' })
  await ben.api.workspaces.acceptInvite({ token })
})
afterAll(() => server.close())

const make = (title: string, parentId: DocumentId | null = null, markdown?: string) =>
  ann.api.documents.create({ workspaceId, title, parentId, ...(markdown === undefined ? {} : { markdown }) })
const get = (person: TestPerson, documentId: DocumentId) => person.api.documents.get({ documentId })
const textOf = async (documentId: DocumentId) => (await ann.api.documents.export({ documentId })).markdown.trim()
const below = async (person: TestPerson, parentId: DocumentId | null) =>
  (await person.api.documents.list({ workspaceId })).filter((one) => one.parentId === parentId)

test('an icon is one emoji, for everybody; a star is for one person alone', async () => {
  const { id: documentId } = await make('Marked')
  await ann.api.documents.setIcon({ documentId, icon: '👩🏽‍🌾' })
  await ben.api.documents.setStar({ documentId, starred: true })
  expect(await get(ben, documentId)).toMatchObject({ icon: '👩🏽‍🌾', starredAt: expect.any(Number) })
  expect(await get(ann, documentId)).toMatchObject({ icon: '👩🏽‍🌾', starredAt: null })
  for (const icon of ['no', '🧵🧵', '', '<b>', '1']) {
    await expect(ann.api.documents.setIcon({ documentId, icon })).rejects.toMatchObject({ id: 'invalid-input' })
  }
  await ann.api.documents.setIcon({ documentId, icon: null })
  await ben.api.documents.setStar({ documentId, starred: false })
  expect(await get(ben, documentId)).toMatchObject({ icon: null, starredAt: null })
})

test('[EVENT-4] marks that are set again change nothing and tell nobody', async () => {
  const { id: documentId } = await make('Again')
  const { seq } = await ann.api.documents.setTemplate({ documentId, template: true })
  expect(await ann.api.documents.setTemplate({ documentId, template: true })).toEqual({ seq })
  expect(await get(ben, documentId)).toMatchObject({ template: true })
})

test('a copy has the text as it is, once, under ids of its own; repeated, it is the same copy', async () => {
  const original = await make('Pattern', null, 'One **two**.\n\n- three')
  await ann.api.documents.setIcon({ documentId: original.id, icon: '🧵' })
  const [fileId, shown] = [FileId.parse(randomId()), { workspace_id: workspaceId, bytes: 1 }]
  await server.app.storage.transaction(async (tx) => {
    const file = { id: fileId, hash: 'a'.repeat(64) as never, type: 'image/png', name: '', bytes: 1 } as const
    await tx
      .insertInto('files')
      .values({ ...file, created_by: ann.account.id, created_at: 0 })
      .execute()
    await tx
      .insertInto('document_files')
      .values({ ...shown, document_id: original.id, file_id: fileId })
      .execute()
  })
  const id = DocumentId.parse(randomId())
  const request = { documentId: original.id, id, title: 'Pattern (copy)', afterId: original.id }
  const copy = await ben.api.documents.duplicate(request)
  expect(copy).toMatchObject({ id, title: 'Pattern (copy)', icon: '🧵', template: false, role: 'manage' })
  expect(await ben.api.documents.duplicate(request)).toMatchObject({ id })
  expect(await textOf(id)).toBe(await textOf(original.id))
  await ann.api.documents.rename({ documentId: original.id, title: 'Other' })
  expect((await get(ben, id)).title).toBe('Pattern (copy)')
  const ids = async (documentId: DocumentId) =>
    (
      await server.app.storage.read
        .selectFrom('client_ids')
        .where('document_id', '=', documentId)
        .where('user_id', 'is not', null)
        .select(['client_id', 'user_id'])
        .execute()
    ).map((row) => `${row.client_id} ${row.user_id}`)
  expect((await ids(id)).every((owner) => owner.endsWith(ben.account.id))).toBe(true)
  const files = server.app.storage.read.selectFrom('document_files').where('document_id', '=', id)
  expect(await files.select('file_id').execute()).toEqual([{ file_id: fileId }])
  const known = new Set(await ids(original.id))
  expect((await ids(id)).filter((owner) => known.has(owner))).toEqual([])
})

test('what lies below is copied in its order, and without what one may not see', async () => {
  const root = await make('Book')
  const one = await make('One', root.id)
  await make('One a', one.id, 'Deep.')
  const secret = await make('Secret', root.id)
  await make('Two', root.id)
  await ann.api.documents.setRestricted({ documentId: secret.id, restricted: true })
  const copy = await ben.api.documents.duplicate({ documentId: root.id, withBelow: true })
  const children = await below(ben, copy.id)
  expect(children.map(({ title }) => title)).toEqual(['One', 'Two'])
  const [deep] = await below(ben, must(children[0], 'a copy').id)
  expect(await textOf(must(deep, 'a copy').id)).toBe('Deep.')

  const ours = await ann.api.documents.duplicate({ documentId: root.id, withBelow: true })
  const copies = await below(ann, ours.id)
  expect(copies.map(({ title, restricted }) => [title, restricted])).toEqual([
    ['One', false],
    ['Secret', true],
    ['Two', false],
  ])
  expect((await below(ben, ours.id)).map(({ title }) => title)).toEqual(['One', 'Two'])
})

test('who may only read a document of a few does not copy it out of there', async () => {
  const room = await make('Board only')
  await ann.api.documents.setRestricted({ documentId: room.id, restricted: true })
  await ann.api.documents.setAccess({ documentId: room.id, userId: ben.account.id, role: 'view' })
  const inside = await make('Minutes', room.id)
  await expect(ben.api.documents.duplicate({ documentId: inside.id })).rejects.toMatchObject({ id: 'not-permitted' })
  const copy = await ben.api.documents.duplicate({ documentId: room.id })
  expect(copy).toMatchObject({ restricted: true, role: 'manage' })
})

test('more than a hundred documents are not copied at once', async () => {
  const root = await make('Many')
  for (let at = 0; at < 100; at++) await make(`Leaf ${at}`, root.id)
  const before = (await ann.api.documents.list({ workspaceId })).length
  const duplicate = ann.api.documents.duplicate({ documentId: root.id, withBelow: true })
  await expect(duplicate).rejects.toMatchObject({ id: 'too-large' })
  expect((await ann.api.documents.list({ workspaceId })).length).toBe(before)
})

test('an archived document is read and found, and nothing of it is changed until it is back', async () => {
  const root = await make('Old plans', null, 'The warping mill.')
  const leaf = await make('Old leaf', root.id)
  await ben.api.documents.archive({ documentId: root.id })
  const list = await ann.api.documents.list({ workspaceId })
  for (const { id } of [root, leaf]) {
    expect(list.find((one) => one.id === id)?.archivedAt).toEqual(expect.any(Number))
    const refused = { id: 'conflict' }
    await expect(ann.api.documents.rename({ documentId: id, title: 'New' })).rejects.toMatchObject(refused)
    await expect(ann.api.documents.move({ documentId: id, parentId: null })).rejects.toMatchObject(refused)
    await expect(make('Below', id)).rejects.toMatchObject(refused)
  }
  expect(await textOf(root.id)).toBe('The warping mill.')
  const search = async (archived: 'with' | 'without') =>
    (await ann.api.search.documents({ workspaceId, query: 'warping mill', archived })).hits.map((hit) => hit.documentId)
  await vi.waitFor(async () => expect(await search('with')).toContain(root.id), 20_000)
  expect(await search('without')).not.toContain(root.id)
  await ben.api.documents.unarchive({ documentId: root.id })
  expect((await get(ann, leaf.id)).archivedAt).toBeNull()
  expect((await get(ann, leaf.id)).parentId).toBe(root.id)
})

test('what comes back while its parent stays archived stands on the top level, for those who could open it before', async () => {
  const root = await make('Closed shelf')
  await ann.api.documents.setRestricted({ documentId: root.id, restricted: true })
  const leaf = await make('Leaf of it', root.id)
  await ann.api.documents.archive({ documentId: root.id })
  await ann.api.documents.unarchive({ documentId: leaf.id })
  expect(await get(ann, leaf.id)).toMatchObject({ parentId: null, archivedAt: null, narrower: true })
  expect((await get(ann, root.id)).archivedAt).toEqual(expect.any(Number))
  await expect(get(ben, leaf.id)).rejects.toMatchObject({ id: 'not-found' })
})
