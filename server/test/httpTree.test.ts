import { DocumentId, randomId } from '@weft/shared/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

let server: TestServer
let ann: TestPerson
beforeAll(async () => {
  server = await startTestServer()
  ann = await server.signUp('Ann')
})
afterAll(() => server.close())

const id = () => DocumentId.parse(randomId())

/** A workspace of its own, with titles for ids. */
async function planted() {
  const { api } = ann
  const workspaceId = (await api.workspaces.create({ name: 'Tree' })).id
  const make = (title: string, parentId: DocumentId | null = null, afterId?: DocumentId | null) =>
    api.documents.create({ workspaceId, title, parentId, ...(afterId === undefined ? {} : { afterId }) })
  const below = async (parentId: DocumentId | null) =>
    (await api.documents.list({ workspaceId })).filter((one) => one.parentId === parentId).map(({ title }) => title)
  return { api: api.documents, workspaceId, make, below }
}

test('documents stand where they are put: last, first, behind a sibling', async () => {
  const { api, make, below } = await planted()
  const a = await make('a')
  const b = await make('b')
  await make('first', null, null)
  await make('behind a', null, a.id)
  expect(await below(null)).toEqual(['first', 'a', 'behind a', 'b'])
  await api.move({ documentId: b.id, parentId: null, afterId: null })
  expect(await below(null)).toEqual(['b', 'first', 'a', 'behind a'])
  await api.move({ documentId: b.id, parentId: a.id })
  expect([await below(null), await below(a.id)]).toEqual([['first', 'a', 'behind a'], ['b']])
  await expect(make('x', null, b.id)).rejects.toMatchObject({ id: 'invalid-input' })
})

test('many moves at once leave one order and no cycle', async () => {
  const { api, make, below } = await planted()
  const all = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((title) => make(title)))
  const [a, b] = all
  if (!a || !b) throw new Error('nothing was made')
  const crossed = await Promise.allSettled([
    api.move({ documentId: a.id, parentId: b.id }),
    api.move({ documentId: b.id, parentId: a.id }),
  ])
  expect(crossed.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(api.move({ documentId: a.id, parentId: a.id })).rejects.toMatchObject({ id: 'conflict' })
  await Promise.all(all.slice(2).map((one) => api.move({ documentId: one.id, parentId: null, afterId: null })))
  expect((await below(null)).slice(0, 4).toSorted()).toEqual(['c', 'd', 'e', 'f'])
})

test('what lies below goes into the trash and comes back with it; without its parent, on the top level', async () => {
  const { api, workspaceId, make, below } = await planted()
  const a = await make('a')
  const b = await make('b', a.id)
  const c = await make('c', b.id)
  await api.remove({ documentId: b.id })
  await expect(api.get({ documentId: c.id })).rejects.toMatchObject({ id: 'not-found' })
  await expect(api.export({ documentId: c.id })).rejects.toMatchObject({ id: 'not-found' })
  await api.restore({ documentId: b.id })
  expect([await below(a.id), await below(b.id)]).toEqual([['b'], ['c']])
  await api.remove({ documentId: c.id })
  await api.remove({ documentId: a.id })
  expect(await api.list({ workspaceId })).toEqual([])
  await api.restore({ documentId: b.id })
  expect([await below(null), await below(b.id)]).toEqual([['b'], []])
  await api.restore({ documentId: c.id })
  expect(await below(b.id)).toEqual(['c'])
})

test('a document that is made twice under its own id is one document', async () => {
  const { api, workspaceId } = await planted()
  const made = { workspaceId, id: id(), title: 'Offline' }
  const [first, second] = await Promise.all([api.create(made), api.create(made)])
  expect(second).toEqual(first)
  const other = (await ann.api.workspaces.create({ name: 'Other' })).id
  await expect(api.create({ ...made, workspaceId: other })).rejects.toMatchObject({ id: 'conflict' })
  // The client that made the id writes the title itself; others find it in the text.
  expect(await api.export({ documentId: made.id })).toEqual({ title: '', markdown: '' })
  const plain = await api.create({ workspaceId, title: 'By script' })
  expect(await api.export({ documentId: plain.id })).toEqual({ title: 'By script', markdown: '' })
})

test('a tree of 2,000 documents goes into the trash, and comes back, in one command', async () => {
  const { api, workspaceId, make } = await planted()
  const root = await make('root')
  const row = (parent: DocumentId, position: string) => ({
    id: id(),
    workspace_id: root.workspaceId,
    parent_id: parent,
    position,
    title: position,
    kind: 'rich' as const,
    created_by: ann.account.id,
    created_at: 1,
    updated_at: 1,
    removed_at: null,
    set_aside: null,
  })
  const children = Array.from({ length: 1_000 }, (_, n) => row(root.id, `a${n}`))
  const grandchildren = children.map((child) => row(child.id, 'a0'))
  for (const rows of [children, grandchildren]) {
    await server.app.storage.transaction((tx) => tx.insertInto('documents').values(rows).execute())
  }
  expect(await api.list({ workspaceId })).toHaveLength(2_001)
  await api.remove({ documentId: root.id })
  expect(await api.list({ workspaceId })).toEqual([])
  await api.restore({ documentId: root.id })
  expect(await api.list({ workspaceId })).toHaveLength(2_001)
})
