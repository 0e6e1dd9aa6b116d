import { afterEach, expect, it } from 'vitest'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { awarenessStates } from './rawClient.ts'
import { channelOf, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

const hour = 3_600_000

it('[ACCESS-4] a clock that jumps an hour ahead ends every token, and costs no text', async () => {
  const server = await startSyncServer()
  const [alice, documentId] = [await server.member(), await server.document()]
  const client = server.client()
  const text = await client.join(channelOf(documentId), server.token(alice))
  const old = server.token(alice)
  client.update(channelOf(documentId), type(text, 'before '))
  await client.until('the answer', () => client.statuses.length === 2)

  server.clock.ahead = hour
  expect(await client.socketClose()).toEqual({ code: 4401, reason: 'token-expired' })
  const again = server.client()
  await again.opened
  again.auth(channelOf(documentId), old)
  await again.until('the refusal', () => again.of('auth')[0]?.text === 'denied:token-expired')
  const now = await again.join(channelOf(documentId, 'again'), server.token(alice))
  again.update(channelOf(documentId, 'again'), type(now, 'after'))
  await again.until('the answer', () => again.statuses.length === 2)
  expect(textOf(await server.stored(documentId))).toBe('.before after')
})

it('a clock that is set back an hour disturbs neither text, nor carets, nor limits', async () => {
  const server = await startSyncServer()
  const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
  const address = channelOf(documentId)
  const [a, b] = [server.client(), server.client()]
  const text = await a.join(address, server.token(alice))
  await b.join(address, server.token(bob))
  a.awareness(address, 5, {})
  await b.until('the caret', () => awarenessStates(b.frames).has(5))

  server.clock.ahead = -hour
  for (let i = 0; i < 100; i++) a.update(address, type(text, 'x'))
  const view = { anchor: { tname: 't' } }
  a.awareness(address, 5, { view }, 2)
  await a.until('all answers', () => a.statuses.length === 101)
  expect(a.statuses.every((applied) => applied)).toBe(true)
  await b.until('the caret to move', () => awarenessStates(b.frames).get(5)?.view)
  await b.until('the text', () => textOf(b.received()).length === 101)
  // A reader takes only clocks above those that it has seen.
  const seen = new Awareness(new Y.Doc())
  for (const { payload } of b.of('awareness')) applyAwarenessUpdate(seen, payload, null)
  expect(seen.getStates().get(5)).toMatchObject({ view })
  seen.destroy()
  expect([a.closed, b.closed]).toEqual([null, null])
})
