// @vitest-environment node
import 'fake-indexeddb/auto'
import type { Document } from '@weft/shared/documents'
import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../kit/testing/eventually.ts'
import type { Fetched } from '../../live/index.ts'
import { OfflineStore } from '../OfflineStore.ts'
import { Keeper } from './Keeper.ts'

const someDocument = (workspaceId: WorkspaceId, updatedAt = 1): Document => ({
  id: DocumentId.parse(randomId()),
  workspaceId,
  parentId: null,
  position: 'a0',
  title: '',
  kind: 'rich',
  role: 'edit',
  restricted: false,
  narrower: false,
  icon: null,
  template: false,
  archivedAt: null,
  starredAt: null,
  createdBy: UserId.parse(randomId()),
  createdAt: 1,
  updatedAt,
})

/** A person's page with one workspace, and a server whose answers the test decides. Its clock goes when told. */
function page() {
  const workspaceId = WorkspaceId.parse(randomId())
  const store = new OfflineStore(UserId.parse(randomId()))
  const server = { documents: [] as Document[], member: true, answers: (_id: DocumentId): Fetched => 'stored' }
  const fetched: DocumentId[] = []
  let [busy, most] = [0, 0]
  let due: (() => void) | null = null
  const keeper = new Keeper({
    store,
    live: {
      connection: 'online',
      onConnection: () => () => {},
      async fetchToDevice(id) {
        most = Math.max(most, ++busy)
        await Promise.resolve()
        busy--
        fetched.push(id)
        return server.answers(id)
      },
    },
    listDocuments: async () => (server.member ? server.documents : 'gone'),
    clock: {
      now: () => 0,
      random: () => 0,
      after: (_ms, run) => {
        due = run
        return () => {
          due = null
        }
      },
    },
  })
  onTestFinished(() => keeper.end())
  /** Lets the keeper look once, and waits until it has. */
  const look = async () => {
    await eventually(() => expect(due).not.toBeNull())
    const run = due
    due = null
    run?.()
    await eventually(() => expect(due).not.toBeNull())
    return fetched.splice(0)
  }
  return { keeper, store, server, workspaceId, look, most: () => most }
}

test('a kept workspace: all of it is fetched, a few at a time, newest first, and then only what has changed', async () => {
  const { keeper, server, workspaceId, look, most } = page()
  server.documents = [1, 3, 2, 5, 4].map((at) => someDocument(workspaceId, at))
  await keeper.keep({ what: 'workspace', id: workspaceId })
  expect(await look()).toEqual(server.documents.toSorted((a, b) => b.updatedAt - a.updatedAt).map(({ id }) => id))
  expect(most()).toBe(2)
  expect(keeper.state.missing.size).toBe(0)
  expect(keeper.state.here.size).toBe(5)
  expect(await look()).toEqual([])
  const [changed, ...rest] = server.documents
  const added = someDocument(workspaceId)
  server.documents = changed === undefined ? [] : [{ ...changed, updatedAt: 9 }, ...rest, added]
  expect(await look()).toEqual([changed?.id, added.id])
})

test('a kept document alone; what is let go of is not fetched any more', async () => {
  const { keeper, server, workspaceId, look } = page()
  const [one, other] = [someDocument(workspaceId), someDocument(workspaceId)]
  server.documents = [one, other]
  await keeper.keep({ what: 'document', id: one.id, workspaceId })
  expect(await look()).toEqual([one.id])
  await keeper.letGo(one.id)
  server.documents = [{ ...one, updatedAt: 2 }, other]
  expect(await look()).toEqual([])
})

test('what is not listed any more is asked for once: refused, it leaves the device and is kept no longer', async () => {
  const { keeper, store, server, workspaceId, look } = page()
  const gone = someDocument(workspaceId)
  server.documents = [gone]
  await keeper.keep({ what: 'document', id: gone.id, workspaceId })
  await look()
  server.documents = []
  server.answers = () => 'refused'
  expect(await look()).toEqual([gone.id])
  expect(await store.copies()).toEqual([])
  expect(await store.kept()).toEqual([])
  expect(await look()).toEqual([])
})

test('whoever does not belong to the workspace any more keeps nothing of it', async () => {
  const { keeper, store, server, workspaceId, look } = page()
  server.documents = [someDocument(workspaceId), someDocument(workspaceId)]
  await keeper.keep({ what: 'workspace', id: workspaceId })
  await look()
  server.member = false
  server.answers = () => 'refused'
  expect(await look()).toHaveLength(2)
  expect(await store.kept()).toEqual([])
  expect(await store.copies()).toEqual([])
})

test('a device without room: it is said, the rest waits for the next time, and what came before stays', async () => {
  const { keeper, store, server, workspaceId, look } = page()
  server.documents = [4, 3, 2, 1].map((at) => someDocument(workspaceId, at))
  const [first] = server.documents
  server.answers = (id) => (id === first?.id ? 'stored' : 'device-refused')
  await keeper.keep({ what: 'workspace', id: workspaceId })
  expect((await look()).length).toBeLessThan(4)
  expect(keeper.state.refused).toBe(true)
  expect((await store.copies()).map(({ documentId }) => documentId)).toEqual([first?.id])
  server.answers = () => 'stored'
  expect(await look()).toHaveLength(3)
  expect(keeper.state.refused).toBe(false)
})
