// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { someDocument, someUser } from '../testing/people.ts'
import { databaseName } from './database.ts'
import { IndexedDbStore } from './IndexedDbStore.ts'

afterEach(() => vi.restoreAllMocks())

/** The updates of a text that grows word by word. */
function updatesOf(words: string[]): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const word of words) doc.getText('text').insert(doc.getText('text').length, word)
  return updates
}

function textOf(update: Uint8Array | null): string {
  const doc = new Y.Doc()
  if (update !== null) Y.applyUpdate(doc, update)
  return doc.getText('text').toString()
}

const words = (count: number) => Array.from({ length: count }, (_, index) => `${index} `)

test('[SAVE-6] what was stored is there for the next page, all of it and in any mix of own and others', async () => {
  const [user, id] = [someUser(), someDocument()]
  const store = new IndexedDbStore(user)
  const updates = updatesOf(words(50))
  await Promise.all(updates.map((update, index) => store.append(id, update, index % 3 === 0)))
  store.close()
  const copy = await new IndexedDbStore(user).load(id)
  expect(textOf(copy.update)).toBe(words(50).join(''))
  expect(copy.unsentKeys).toHaveLength(17)
})

test('folding and marking lose nothing, and leave what is unsent apart', async () => {
  const [user, id] = [someUser(), someDocument()]
  const store = new IndexedDbStore(user)
  const updates = updatesOf(words(30))
  const keys: number[] = []
  for (const [index, update] of updates.entries()) keys.push(await store.append(id, update, index >= 10))
  await store.markSent(keys.slice(10, 20))
  await store.compact(id)
  const copy = await store.load(id)
  expect(copy.rows).toBe(11)
  expect(textOf(copy.sent)).toBe(words(20).join(''))
  expect(textOf(copy.update)).toBe(words(30).join(''))
  expect(copy.unsentKeys).toEqual(keys.slice(20))
  expect(await store.unsentDocuments()).toEqual([id])
  await store.markSent(copy.unsentKeys)
  expect(await store.unsentDocuments()).toEqual([])
})

test('two tabs of one person append to one document, and folding in one keeps the rows of the other', async () => {
  const [user, id] = [someUser(), someDocument()]
  const [one, other] = [new IndexedDbStore(user), new IndexedDbStore(user)]
  const updates = updatesOf(words(20))
  await Promise.all(
    updates.map(async (update, index) => {
      await (index % 2 === 0 ? one : other).append(id, update, false)
      if (index % 5 === 0) await one.compact(id)
    }),
  )
  expect(textOf((await other.load(id)).update)).toBe(words(20).join(''))
})

test('two people have two databases', async () => {
  const id = someDocument()
  const [alice, bob] = [someUser(), someUser()]
  await new IndexedDbStore(alice).append(id, updatesOf(['secret'])[0] ?? new Uint8Array(), true)
  const his = new IndexedDbStore(bob)
  expect((await his.load(id)).update).toBeNull()
  expect(await his.unsentDocuments()).toEqual([])
})

test('[SAVE-8] setting aside keeps the text and takes the rows, and it can be discarded', async () => {
  const [user, id, other] = [someUser(), someDocument(), someDocument()]
  const store = new IndexedDbStore(user)
  const [update = new Uint8Array()] = updatesOf(['mine'])
  await store.append(id, update, true)
  await store.append(other, update, true)
  const aside = {
    id: 'aside',
    documentId: id,
    title: 'T',
    markdown: 'mine',
    state: update,
    why: 'not-found' as const,
    at: 1,
  }
  await store.setAside(aside)
  expect((await store.load(id)).update).toBeNull()
  expect(textOf((await store.load(other)).update)).toBe('mine')
  expect(await store.listSetAside()).toEqual([aside])
  await store.discardSetAside('aside')
  expect(await store.listSetAside()).toEqual([])
})

test('signing out in one tab deletes the database although another tab has it open, and tells that tab', async () => {
  const [user, id] = [someUser(), someDocument()]
  const gone = vi.fn()
  const other = new IndexedDbStore(user, gone)
  await other.append(id, updatesOf(['words'])[0] ?? new Uint8Array(), true)
  await new IndexedDbStore(user).deleteAll()
  expect(gone).toHaveBeenCalledOnce()
  await expect(other.load(id)).rejects.toThrow('closed')
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(databaseName(user))
})

test('an IndexedDB that throws rejects, and is asked again the next time', async () => {
  const store = new IndexedDbStore(someUser())
  const open = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new Error('not in a private window')
  })
  await expect(store.documents()).rejects.toThrow('private')
  expect(await store.documents()).toEqual([])
  expect(open).toHaveBeenCalledTimes(2)
})
