import { afterEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { random } from './random.ts'
import { channelOf, edit, presenceOf, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

it.each([1, 2, 3])(
  '[SAVE-5] joins that meet unloads get a living document, and one for each name (seed %i)',
  async (seed) => {
    const server = await startSyncServer({ limits: { framesPerSecond: 10_000 } })
    const next = random(seed)
    const documents = [await server.document(), await server.document()]
    const written = new Map(documents.map((id) => [id, 0]))
    await Promise.all(
      Array.from({ length: 6 }, async (_, person) => {
        const token = server.token(await server.member())
        const client = server.client()
        await client.opened
        for (let i = 0; i < 25; i++) {
          const documentId = documents[Math.floor(next() * documents.length)] ?? documents[0]
          if (documentId === undefined) throw new Error('no document')
          const address = channelOf(documentId, `p${person}s${i}`)
          const text = await client.join(address, token)
          if (next() < 0.7) {
            client.update(address, type(text, 'x'))
            written.set(documentId, (written.get(documentId) ?? 0) + 1)
            // Sometimes it leaves before the answer: the edit is stored all the same.
            if (next() < 0.5) await client.until('an answer', () => client.statuses.length === 2)
          }
          client.leave(address)
          expect(client.of('auth').every((frame) => frame.text === 'read-write')).toBe(true)
          client.frames.length = 0
        }
        await client.end()
      }),
    )
    const last = server.client()
    await last.until('the unload of all', () => server.sync.stats().channels === 0)
    for (const [documentId, count] of written) {
      expect(textOf(await server.stored(documentId))).toHaveLength(count + 1)
    }
  },
)

it('[LIMIT-3] whatever a neighbour throws, the process and the other channels live', async () => {
  let broken = false
  const fail = () => {
    if (broken) throw new Error('a neighbour failed')
  }
  const server = await startSyncServer({
    deps: {
      textChanged: fail,
      presenceChanged: fail,
      isVisibleToAllMembers: async () => {
        fail()
        return true
      },
    },
  })
  const [alice, documentId] = [await server.member(), await server.document()]
  const client = server.client()
  const text = await client.join(channelOf(documentId), server.token(alice))
  broken = true
  client.update(channelOf(documentId), type(text, 'on'))
  client.auth(presenceOf(server.workspaceId), server.token(alice))
  client.awareness(presenceOf(server.workspaceId), 5, { documentId })
  await client.until('the answer', () => client.statuses.length === 2)
  client.leave(presenceOf(server.workspaceId))
  client.update(channelOf(documentId), type(text, ' and on'))
  await client.until('the answer', () => client.statuses.length === 3)
  expect(textOf(await server.stored(documentId))).toBe('.on and on')
})

it('[LIMIT-3] refuses a join whose policy or person cannot be read, and lets the next one in', async () => {
  let broken = true
  const server = await startSyncServer({
    deps: {
      person: async (id) => {
        if (broken) throw new Error('no database')
        return { id, name: 'Alice', color: '#112233', image: null }
      },
    },
  })
  const [alice, documentId] = [await server.member(), await server.document()]
  const client = server.client()
  await client.opened
  client.auth(channelOf(documentId), server.token(alice))
  await client.until('the refusal', () => client.of('auth')[0]?.text === 'denied:channel-renewed')
  broken = false
  await client.join(channelOf(documentId, 'again'), server.token(alice))
})

it('takes duplicated and reordered updates without harm', async () => {
  const server = await startSyncServer()
  const [alice, documentId] = [await server.member(), await server.document()]
  const address = channelOf(documentId)
  const client = server.client()
  const text = await client.join(address, server.token(alice))
  const updates = Array.from({ length: 10 }, (_, i) => type(text, `${i}`))
  for (const update of [...updates, ...updates.toReversed(), ...updates]) client.update(address, update)
  client.update(address, Y.mergeUpdates(updates.toReversed()))
  await client.until('all answers', () => client.statuses.length === 32)
  expect(client.statuses.every((applied) => applied)).toBe(true)
  expect(textOf(await server.stored(documentId))).toBe('.0123456789')
})

it('[LIMIT-2] lets a long text through a line that is slow, and stores a paste of 10 MB', async () => {
  const server = await startSyncServer()
  const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
  const address = channelOf(documentId)
  const [a, slow] = [server.client(), server.client()]
  const text = await a.join(address, server.token(alice))
  a.update(
    address,
    edit(text, (doc) => doc.getText('t').insert(1, 'p'.repeat(10_000_000))),
  )
  await a.until('the acknowledgement', () => a.statuses.length === 2)
  await slow.opened
  slow.auth(address, server.token(bob))
  slow.step1(address)
  await slow.until('the join', () => slow.of('auth').length === 1)
  slow.ws.pause()
  for (let i = 0; i < 20; i++) a.update(address, type(text, 'k'))
  await a.until('all answers', () => a.statuses.length === 22)
  expect(server.sync.stats().sockets).toBe(2)
  slow.ws.resume()
  await slow.until('the text', () => slow.received().getText('t').length === 10_000_021)
})
