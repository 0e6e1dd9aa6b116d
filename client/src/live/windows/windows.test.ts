// @vitest-environment node
import 'fake-indexeddb/auto'
import { windowChannel, windowFields } from '@weft/shared/sync'
import { expect, onTestFinished, test } from 'vitest'
import type * as Y from 'yjs'
import { eventually } from '../../kit/testing/eventually.ts'
import type { Live } from '../Live.ts'
import { connectTo, page, someUser } from '../testing/people.ts'
import { TestPeer } from '../testing/TestPeer.ts'
import type { WindowRoom } from './WindowRoom.ts'

type Rows = Record<string, string>

/** What a server puts into a window. */
const fill = (rows: Rows, seq: number) => (doc: Y.Doc) => {
  for (const [key, text] of Object.entries(rows)) doc.getMap(windowFields.entries).set(key, { text })
  doc.getMap(windowFields.meta).set('seq', seq)
}

const shown = (room: WindowRoom): Rows =>
  Object.fromEntries([...room.view.entries].map(([key, value]) => [key, (value as { text: string }).text]))

function meeting() {
  const peer = new TestPeer()
  connectTo(peer)
  const user = someUser()
  return { peer, user, name: windowChannel('inbox', user) }
}

async function look(live: Live, name: string): Promise<WindowRoom> {
  const { room, letGo } = (await live.windows()).hold(name)
  onTestFinished(letGo)
  return room
}

const until = (room: WindowRoom, rows: Rows, live = true) =>
  eventually(() => expect({ rows: shown(room), live: room.view.live }).toEqual({ rows, live }))

test('a window is shown when it has come, and follows; nothing of this page goes into it', async () => {
  const { peer, user, name } = meeting()
  peer.rebuild(name, fill({ a: 'one' }, 1))
  const room = await look(page(user), name)
  expect(room.view).toMatchObject({ seq: null, live: false, closed: null })
  await until(room, { a: 'one' })
  peer.change(name, fill({ b: 'two' }, 2))
  await until(room, { a: 'one', b: 'two' })
  expect(room.view.seq).toBe(2)
  expect(peer.sockets.size).toBe(1)
  const joins = peer.heard.filter((heard) => heard.startsWith(`${name}:token`))
  expect(joins).toHaveLength(1)
})

test('after a lost connection a rebuilt window takes the place of the old one: no value of the old one wins', async () => {
  const { peer, user, name } = meeting()
  // Written often, so that the old values would win by their clocks.
  for (let n = 0; n < 20; n++) peer.change(name, fill({ a: `old ${n}`, gone: 'old' }, n))
  const room = await look(page(user), name)
  await until(room, { a: 'old 19', gone: 'old' })
  const views: Rows[] = []
  room.subscribe(() => views.push(shown(room)))
  peer.rebuild(name, fill({ a: 'new', b: 'new' }, 30))
  peer.die()
  await until(room, { a: 'new', b: 'new' })
  // What was seen last stays until then: no moment in which there is nothing, or some of both.
  for (const view of views)
    expect([
      { a: 'old 19', gone: 'old' },
      { a: 'new', b: 'new' },
    ]).toContainEqual(view)
  peer.change(name, fill({ c: 'new' }, 31))
  await until(room, { a: 'new', b: 'new', c: 'new' })
})

test('[ACCESS-5] a renewed window is joined again by itself, and shows what was built anew', async () => {
  const { peer, user, name } = meeting()
  peer.rebuild(name, fill({ a: 'one', secret: 'narrowed' }, 1))
  const room = await look(page(user), name)
  await until(room, { a: 'one', secret: 'narrowed' })
  peer.rebuild(name, fill({ a: 'one' }, 2))
  peer.closeChannel(name, 'renewed')
  await until(room, { a: 'one' })
  expect(peer.sessions.size).toBe(1)
  expect(room.view.closed).toBeNull()
})

test('they come back spread over five seconds, each at its own time', async () => {
  const { peer, user, name } = meeting()
  const waits: number[] = []
  const clock = {
    now: () => Date.now(),
    after: (ms: number, run: () => void) => {
      waits.push(ms)
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    random: () => 0.75,
  }
  const room = await look(page(user, { clock }), name)
  await until(room, {})
  peer.closeChannel(name, 'renewed')
  await eventually(() => expect(waits).toContain(3_750))
})

test('offline shows what was seen last on this device, as plain values, until the server has its own', async () => {
  const { peer, user, name } = meeting()
  peer.rebuild(name, fill({ a: 'one' }, 4))
  const first = page(user)
  await until(await look(first, name), { a: 'one' })
  await first.end()
  peer.down = true
  const offline = page(user)
  const room = await look(offline, name)
  await until(room, { a: 'one' }, false)
  expect(room.view.seq).toBe(4)
  peer.rebuild(name, fill({ b: 'two' }, 5))
  peer.down = false
  await until(room, { b: 'two' })

  // Of another person's page nothing is found, nor after signing out.
  peer.down = true
  expect((await look(page(someUser()), name)).view.seq).toBeNull()
  await offline.signOut()
  const later = await look(page(user), name)
  await expect(later.settled).resolves.toBeUndefined()
  expect(later.view.seq).toBeNull()
})

test('[ACCESS-2] what one may not see any more is gone from the page and from the device, until one may again', async () => {
  const { peer, user, name } = meeting()
  peer.rebuild(name, fill({ a: 'one' }, 1))
  const live = page(user)
  const room = await look(live, name)
  await until(room, { a: 'one' })
  peer.turnsAway = 'not-found'
  peer.closeChannel(name, 'access-removed')
  await eventually(() => expect(room.view).toMatchObject({ seq: null, live: false, closed: 'access-removed' }))
  expect(shown(room)).toEqual({})
  await live.end()

  const again = page(user)
  const second = await look(again, name)
  await eventually(() => expect(second.view.closed).toBe('not-found'))
  expect(shown(second)).toEqual({})
  peer.turnsAway = null
  again.retry()
  await until(second, { a: 'one' })
})

test('looked at twice it is one session, and it leaves some time after the last look', async () => {
  const { peer, user, name } = meeting()
  const live = page(user)
  const rooms = await live.windows()
  const [one, two] = [rooms.hold(name), rooms.hold(name)]
  expect(one.room).toBe(two.room)
  await until(one.room, {})
  expect(peer.sessions.size).toBe(1)
  one.letGo()
  two.letGo()
  await eventually(() => expect(peer.sessions.size).toBe(0))
  await live.end()
})
