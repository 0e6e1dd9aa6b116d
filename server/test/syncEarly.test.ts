import type { DocumentId } from '@weft/shared/kit'
import { afterEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { RawClient } from './rawClient.ts'
import { channelOf, edit, type SyncServer, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

/** Puts a snapshot in the place of all rows of a document's journal, as a fold does. */
async function fold(server: SyncServer, documentId: DocumentId): Promise<Uint8Array> {
  const state = Y.encodeStateAsUpdate(await server.stored(documentId))
  const { head } = await server.storage.loadText(documentId)
  await server.storage.transaction(async (tx) => {
    await tx.insertInto('snapshots').values({ document_id: documentId, seq: head, state, at: 0, crc: null }).execute()
    await tx.deleteFrom('journal').where('document_id', '=', documentId).execute()
  })
  return state
}

/** Joins with the question before the token, so that it is there however fast the token is looked at. */
async function join(client: RawClient, address: string, token: string): Promise<Y.Doc> {
  await client.opened
  client.step1(address)
  client.auth(address, token)
  await client.until('SyncStep2', () => client.of('sync-step-2')[0])
  await client.until('SyncStep1', () => client.of('sync-step-1')[0])
  client.step2(address)
  await client.until('the answer', () => client.statuses.length === 1)
  return client.received()
}

/** What a session was sent of the text and of its right to it, in order. */
const sent = (client: RawClient, address: string) =>
  client.frames
    .filter((frame) => frame.address === address && frame.type !== 'status' && frame.type !== 'awareness')
    .map((frame) => (frame.type === 'auth' ? frame.text : frame.type))

it('[SAVE-2] a text that is not in memory leaves as it is stored, once, and is then followed', async () => {
  const server = await startSyncServer()
  const [alice, bob] = [await server.member(), await server.member()]
  const documentId = await server.document()
  const state = await fold(server, documentId)
  const [early, alsoEarly] = [channelOf(documentId, 'early'), channelOf(documentId, 'also')]
  const [first, second] = [server.client(), server.client()]
  const [text] = await Promise.all([
    join(first, early, server.token(alice)),
    join(second, alsoEarly, server.token(bob)),
  ])
  expect(textOf(text)).toBe('.')
  expect(sent(first, early)).toEqual(['read-write', 'stateless', 'sync-step-2', 'sync-step-1'])
  expect(first.of('sync-step-2')[0]?.payload).toEqual(state)

  second.update(alsoEarly, type(text, 'written'))
  await first.until('the edit', () => first.of('update')[0])
  expect(textOf(await server.stored(documentId))).toBe('.written')
})

it('what was deleted behind the snapshot reaches nobody who opens the text later', async () => {
  const server = await startSyncServer()
  const alice = await server.member()
  const documentId = await server.document()
  const state = await fold(server, documentId)
  const author = await server.stored(documentId)
  const typed = type(author, 'secret')
  const deleted = edit(author, (doc) => doc.getText('t').delete(1, 6))
  const kept = type(author, 'kept')
  const row = { documentId, authorId: alice, at: 0 }
  await server.storage.appendJournal([typed, deleted, kept].map((update, i) => ({ ...row, seq: i + 2, update })))

  const client = server.client()
  const address = channelOf(documentId)
  const text = await join(client, address, server.token(alice))
  expect(textOf(text)).toBe('.kept')
  expect(sent(client, address)).toEqual(['read-write', 'stateless', 'update', 'sync-step-1', 'sync-step-2'])
  expect(client.of('update')[0]?.payload).toEqual(state)
  expect(client.frames.filter(({ payload }) => Buffer.from(payload).includes('secret'))).toEqual([])
})

it('a client that has text already gets only what it lacks', async () => {
  const server = await startSyncServer()
  const alice = await server.member()
  const documentId = await server.document()
  await fold(server, documentId)
  const copy = await server.stored(documentId)
  const client = server.client()
  await client.opened
  const address = channelOf(documentId)
  client.step1(address, copy)
  client.auth(address, server.token(alice))
  const answer = await client.until('the answer', () => client.of('sync-step-2')[0])
  expect(answer.payload).toEqual(Uint8Array.of(0, 0))
  expect(sent(client, address)).toEqual(['read-write', 'stateless', 'sync-step-1', 'sync-step-2'])
})
