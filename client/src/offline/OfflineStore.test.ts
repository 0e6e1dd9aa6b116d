// @vitest-environment node
import 'fake-indexeddb/auto'
import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { expect, test, vi } from 'vitest'
import { forgetOffline, OfflineStore } from './OfflineStore.ts'

const someUser = () => UserId.parse(randomId())

test('what is stored is there for the next page of this person, and not for another', async () => {
  const ann = someUser()
  const first = new OfflineStore(ann)
  const workspaceId = WorkspaceId.parse(randomId())
  const documentId = DocumentId.parse(randomId())
  await first.writeLists({ some: 'lists' })
  expect(await first.keep({ what: 'workspace', id: workspaceId })).toBe(true)
  await first.noteCopy({ documentId, workspaceId, updatedAt: 7 })
  first.close()
  const next = new OfflineStore(ann)
  expect(await next.readLists()).toEqual({ some: 'lists' })
  expect(await next.kept()).toEqual([{ what: 'workspace', id: workspaceId }])
  expect(await next.copies()).toEqual([{ documentId, workspaceId, updatedAt: 7 }])
  const bens = new OfflineStore(someUser())
  expect(await bens.readLists()).toBeNull()
  expect(await bens.kept()).toEqual([])
})

test('after signing out nothing is left, and another tab that is still open writes nothing anew', async () => {
  const ann = someUser()
  const [here, otherTab] = [new OfflineStore(ann), new OfflineStore(ann)]
  await here.writeLists({ some: 'lists' })
  await otherTab.writeLists({ some: 'lists' })
  here.close()
  await forgetOffline(ann)
  await otherTab.writeLists({ late: 'lists' })
  expect(await otherTab.keep({ what: 'workspace', id: WorkspaceId.parse(randomId()) })).toBe(false)
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(`weft-offline-${ann}`)
})

test('a browser without storage: reading finds nothing, writing says so, nobody throws', async () => {
  const opening = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('closed to this page', 'SecurityError')
  })
  const store = new OfflineStore(someUser())
  expect(await store.readLists()).toBeNull()
  expect(await store.kept()).toEqual([])
  await store.writeLists({})
  expect(await store.keep({ what: 'workspace', id: WorkspaceId.parse(randomId()) })).toBe(false)
  opening.mockRestore()
})
