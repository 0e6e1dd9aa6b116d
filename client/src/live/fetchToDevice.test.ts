// @vitest-environment node
import 'fake-indexeddb/auto'
// Before the stand-in page, which its libraries would take for a browser's.
import '@weft/shared/editor'
import { documentChannel } from '@weft/shared/sync'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { eventually } from '../kit/testing/eventually.ts'
import { IndexedDbStore } from './device/IndexedDbStore.ts'
import { connectTo, page, someDocument, someUser } from './testing/people.ts'
import { TestPeer } from './testing/TestPeer.ts'

/** A server that has `words` of a document that nobody has opened here. */
function meeting(words = 'from somebody else') {
  const peer = new TestPeer()
  connectTo(peer)
  const id = someDocument()
  peer.storedDoc(documentChannel(id)).getText('text').insert(0, words)
  const user = someUser()
  return { peer, id, user, live: page(user) }
}

async function textOnDevice(user: ReturnType<typeof someUser>, id: ReturnType<typeof someDocument>): Promise<string> {
  const { update } = await new IndexedDbStore(user).load(id)
  const doc = new Y.Doc()
  if (update !== null) Y.applyUpdate(doc, update)
  return doc.getText('text').toString()
}

test('a document that nobody opened is brought onto the device, described and measured, and its channel is left', async () => {
  const { peer, id, user, live } = meeting()
  expect(await live.fetchToDevice(id)).toBe('stored')
  expect(await textOnDevice(user, id)).toBe('from somebody else')
  expect(await live.documentsOnDevice()).toMatchObject([{ documentId: id, mayWrite: true, created: true }])
  expect((await live.sizesOnDevice()).get(id)).toBeGreaterThan('from somebody else'.length)
  await eventually(() => expect(peer.sessions.size).toBe(0))
})

test('fetched again, it is up to date; what the person has open stays open', async () => {
  const { peer, id, user, live } = meeting()
  await live.fetchToDevice(id)
  peer.storedDoc(documentChannel(id)).getText('text').insert(0, 'more ')
  live.holdDocument(id)
  expect(await live.fetchToDevice(id)).toBe('stored')
  expect(await textOnDevice(user, id)).toBe('more from somebody else')
  expect(peer.sessions.size).toBe(1)
})

test('a document that may not be read any more leaves the device', async () => {
  const { peer, id, user, live } = meeting()
  await live.fetchToDevice(id)
  peer.turnsAway = 'not-found'
  expect(await live.fetchToDevice(id)).toBe('refused')
  await eventually(async () => expect(await textOnDevice(user, id)).toBe(''))
  expect(await live.documentsOnDevice()).toEqual([])
})

test('without a server it is unreachable, and a device that takes nothing is told apart from that', async () => {
  const { peer, id, user } = meeting()
  peer.down = true
  expect(await page(user).fetchToDevice(id)).toBe('unreachable')
  peer.down = false
  const full = new IndexedDbStore(user)
  vi.spyOn(full, 'append').mockRejectedValue(new DOMException('no room', 'QuotaExceededError'))
  expect(await page(user, { deviceStore: full }).fetchToDevice(id)).toBe('device-refused')
})

test('a copy is removed when its person says so, unless it is open or holds text that the server lacks', async () => {
  const { peer, id, user, live } = meeting()
  await live.fetchToDevice(id)
  const letGo = live.holdDocument(id)
  expect(await live.forgetOnDevice(id)).toBe(false)
  // Typed before it has come from the device, the text would stand on either side of what is there.
  await live.document(id).loading
  peer.down = true
  peer.die()
  live.document(id).doc.getText('text').insert(0, 'mine ')
  await eventually(() => expect(live.document(id).state.save.word).toBe('offline'))
  letGo()
  await live.end()
  const next = page(user)
  expect(await next.forgetOnDevice(id)).toBe(false)
  peer.down = false
  // It is sent, and its room ends some seconds later.
  await eventually(async () => expect(await next.forgetOnDevice(id)).toBe(true))
  expect(peer.textOf(id)).toBe('mine from somebody else')
  expect(await textOnDevice(user, id)).toBe('')
})
