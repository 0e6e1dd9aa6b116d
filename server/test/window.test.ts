import { randomId } from '@weft/shared/kit'
import { closeReasons, windowChannel, windowFields } from '@weft/shared/sync'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { edit, stopAll, userId } from './syncServer.ts'
import { reader, seqOf, shownIn, startWindowRoom } from './windowRoom.ts'

afterEach(stopAll)

/** What a client writes that may not. */
const forgery = () => edit(new Y.Doc(), (doc) => doc.getMap(windowFields.entries).set('1', { documentId: 'forged' }))

test('a window is built when somebody joins, follows while somebody reads, and is not touched for those who are away', async () => {
  const room = await startWindowRoom()
  const first = await room.happen()
  expect(room.handle.isLoaded(room.server.workspaceId)).toBe(false)
  expect(room.built).toBe(0)

  const [alice, bob] = [await room.server.member(), await room.server.member()]
  const a = await reader(room, alice)
  expect(shownIn(a.shown())).toEqual([first])
  expect(a.shown().getMap(windowFields.meta).toJSON()).toEqual({ seq: 1, about: 'everything' })
  const b = await reader(room, bob)
  const second = await room.happen()
  for (const each of [a, b]) {
    await each.client.until('the second', () => shownIn(each.shown()).length === 2)
    expect(shownIn(each.shown())).toEqual([first, second])
    expect(seqOf(each.shown())).toBe(2)
  }
  expect(room.built).toBe(1)
  expect(room.handle.ids()).toEqual([room.server.workspaceId])

  a.client.leave(a.address)
  await b.client.end()
  const whoWaits = await room.server.member()
  await expect.poll(() => room.handle.isLoaded(room.server.workspaceId), { timeout: 20_000 }).toBe(false)
  expect(room.server.sync.stats().channels).toBe(0)
  const third = await room.happen()
  expect(shownIn((await reader(room, whoWaits)).shown())).toEqual([first, second, third])
  expect(room.built).toBe(2)
  expect(await room.server.storage.read.selectFrom('journal').select('seq').execute()).toEqual([])
})

test('what happens while a window is being built is in it: read or not, once, in order', async () => {
  const room = await startWindowRoom()
  const before = await room.happen()
  const gate = Promise.withResolvers<void>()
  const reached = Promise.withResolvers<void>()
  room.afterReading = () => {
    reached.resolve()
    return gate.promise
  }
  const joining = reader(room, await room.server.member())
  await reached.promise
  const [between, after] = [await room.happen(), await room.happen()]
  gate.resolve()
  const a = await joining
  await a.client.until('all three', () => shownIn(a.shown()).length === 3)
  expect(shownIn(a.shown())).toEqual([before, between, after])
  expect(seqOf(a.shown())).toBe(3)
  // A consumer that runs again changes nothing [EVENT-2].
  room.handle.apply(room.server.workspaceId, { seq: 2, remove: ['1', '2', '3'] })
  const last = await room.happen()
  await a.client.until('the last', () => shownIn(a.shown()).length === 4)
  expect(shownIn(a.shown())).toEqual([before, between, after, last])
})

test('readers who come at any time while much happens all end with what the table has', async () => {
  const room = await startWindowRoom()
  const people = await Promise.all(Array.from({ length: 4 }, () => room.server.member()))
  const happening = (async () => {
    for (let n = 0; n < 120; n++) {
      await room.happen()
      if (n % 40 === 20) room.handle.renew(room.server.workspaceId)
    }
  })()
  const stay = async (person: (typeof people)[number], n: number) => {
    for (let session = 0; ; session++) {
      const joined = await reader(room, person, `${n} ${session}`).catch(() => null)
      // Renewed before it was in: the next one.
      if (joined === null) continue
      const { client, shown } = joined
      const isWhole = () => shownIn(shown()).length === 120
      await client.until('the end or a renewal', () => client.of('close').length > 0 || isWhole())
      if (isWhole()) return shown()
      await client.end()
    }
  }
  const ends = await Promise.all(people.map(stay))
  await happening
  for (const end of ends) {
    expect(shownIn(end)).toEqual(await room.rows())
    expect(seqOf(end)).toBe(120)
  }
})

test('nobody but the server writes: false, then closed; and nobody is said to be here', async () => {
  const room = await startWindowRoom()
  await room.happen()
  const [alice, bob] = [await room.server.member(), await room.server.member()]
  const b = await reader(room, bob)
  for (const how of ['update', 'step2'] as const) {
    const a = await reader(room, alice, how)
    a.client.awareness(a.address, 7, { user: { name: 'Somebody' } })
    a.client[how](a.address, forgery())
    expect(await a.client.channelClose()).toBe('access-removed')
    expect(a.client.statuses).toEqual([true, false])
  }
  const real = await room.happen()
  await b.client.until('the next', () => shownIn(b.shown()).length === 2)
  expect(shownIn(b.shown())).toEqual(await room.rows())
  expect(shownIn(b.shown())).toContain(real)
  expect(b.client.of('awareness')).toEqual([])
})

test('[ACCESS-5] a window that is renewed closes for all its readers, and the next join finds it built anew', async () => {
  const room = await startWindowRoom()
  await room.happen()
  const alice = await room.server.member()
  const a = await reader(room, alice)
  room.handle.renew(room.server.workspaceId)
  // Joined in the same turn, while the old one is on its way out of memory.
  const again = reader(room, alice, 'again')
  expect(await a.client.channelClose()).toBe('renewed')
  expect(closeReasons.renewed.client).toBe('spread')
  expect(shownIn((await again).shown())).toEqual(await room.rows())
  expect(room.built).toBe(2)
})

test('[ACCESS-5] what was read before a renewal is read again', async () => {
  const room = await startWindowRoom()
  let times = 0
  room.afterReading = async () => {
    if (++times === 1) room.handle.renew(room.server.workspaceId)
  }
  await reader(room, await room.server.member())
  expect(times).toBe(2)
})

test('[ACCESS-2] [ACCESS-3] strangers find no window; whoever is removed is put out, the others stay', async () => {
  const room = await startWindowRoom()
  const [alice, bob] = [await room.server.member(), await room.server.member()]
  const { sync, workspaceId } = room.server
  const refusal = async (address: string, who = userId()) => {
    const client = room.server.client()
    await client.opened
    client.auth(address, room.server.token(who))
    client.step1(address)
    const answer = await client.until('the answer', () => client.of('auth')[0])
    return answer.text
  }
  expect(await refusal(room.address())).toBe('denied:not-found')
  expect(await refusal(`${windowChannel('feed', randomId())}\0s`, alice)).toBe('denied:not-found')
  // No room has these.
  expect(await refusal(`${windowChannel('inbox', alice)}\0s`, alice)).toBe('denied:not-found')
  expect(await refusal(`cellar/${workspaceId}\0s`, alice)).toBe('denied:not-found')
  expect(sync.stats().channels).toBe(0)

  const [a, b] = [await reader(room, alice), await reader(room, bob)]
  await room.server.removeMember(alice)
  expect(await a.client.channelClose()).toBe('access-removed')
  await room.happen()
  await b.client.until('the next', () => shownIn(b.shown()).length > 0)
  expect(shownIn(a.shown())).toEqual([])

  // Rights that no event of sync's own speaks of: the room that knows says whom to ask again.
  await room.server.storage.transaction((tx) => tx.deleteFrom('members').where('user_id', '=', bob).execute())
  room.handle.recheck(workspaceId)
  expect(await b.client.channelClose()).toBe('access-removed')
})

test('a window keeps the newest, and is renewed when more has gathered in it than a newcomer should read', async () => {
  const entries = 20
  const room = await startWindowRoom(entries)
  const alice = await room.server.member()
  const structsOf = (doc: Y.Doc) => [...doc.store.clients.values()].reduce((sum, { length }) => sum + length, 0)
  let most = 0
  let renewals = 0
  let at = await reader(room, alice, 'first')
  for (let n = 1; n <= 1_000; n++) {
    await room.happen()
    if (at.client.of('close').length > 0) {
      renewals++
      await at.client.end()
      at = await reader(room, alice, `after ${n}`)
      most = Math.max(most, structsOf(at.shown()))
    }
  }
  // The last renewal may still be on its way.
  const rows = await room.rows()
  const end = await reader(room, alice, 'last')
  expect(shownIn(end.shown())).toEqual(rows.slice(-entries))
  expect(renewals).toBeGreaterThan(3)
  // What a newcomer reads: the entries, the words about the window, and little of what they were before.
  expect(most).toBeLessThan(entries * 10)
})
