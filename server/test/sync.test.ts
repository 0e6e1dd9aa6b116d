import { afterEach, expect, it } from 'vitest'
import { awarenessStates } from './frameClient.ts'
import { channelOf, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

it('[SAVE-1] [SAVE-2] an edit is on disk before it is acknowledged and before another sees it', async () => {
  const server = await startSyncServer()
  const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
  const address = channelOf(documentId)
  const [a, b] = [server.client(), server.client()]
  const text = await a.join(address, server.token(alice))
  await b.join(address, server.token(bob))

  a.update(address, type(text, 'hello'))
  await a.until('the acknowledgement', () => a.statuses.length === 2)
  expect(textOf(await server.stored(documentId))).toBe('.hello')
  await b.until('the update', () => textOf(b.received()) === '.hello')

  expect(a.statuses).toEqual([true, true])
  expect(a.of('update')).toEqual([])
  expect(await server.rows(documentId)).toEqual([
    { seq: 1, author_id: null },
    { seq: 2, author_id: alice },
  ])
  await a.until('the word about the text', () => server.changed.length === 1)
  expect(server.changed).toEqual([{ documentId, authorId: alice }])
})

it('whoever is alone is answered as well when they ask who is here: a page takes silence for a dead socket', async () => {
  const server = await startSyncServer()
  const [alice, documentId] = [await server.member(), await server.document()]
  const address = channelOf(documentId)
  const a = server.client()
  await a.join(address, server.token(alice))
  expect(a.of('awareness')).toEqual([])
  a.queryAwareness(address)
  await a.until('the answer', () => a.of('awareness').length === 1)
  expect(awarenessStates(a.frames).size).toBe(0)
})
