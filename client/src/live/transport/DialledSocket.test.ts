// @vitest-environment node
import { expect, onTestFinished, test, vi } from 'vitest'
import { eventually } from '../../kit/testing/eventually.ts'
import { standInPage } from '../testing/page.ts'
import { TestPeer } from '../testing/TestPeer.ts'
import { DialledSocket } from './DialledSocket.ts'
import { gaveWay } from './fallback/words.ts'
import { type LaneSocketLike, Ways } from './Ways.ts'

/** A lane under the test's hand. */
class Lane extends EventTarget implements LaneSocketLike {
  polls = false
  closed = false
  readonly sent: Uint8Array[] = []
  send(frame: Uint8Array): void {
    this.sent.push(frame)
  }
  close(): void {
    this.closed = true
  }
  end(code: number): void {
    this.dispatchEvent(new CloseEvent('close', { code }))
  }
}

/** A page with its clock, its WebSockets (null: the constructor's sockets hang) and its lanes. */
function surroundings(peer: TestPeer | null) {
  standInPage()
  const tried: string[] = []
  class Hanging extends EventTarget {
    binaryType = 'arraybuffer'
    send() {}
    close() {}
  }
  const Inner = peer === null ? Hanging : peer.WebSocket
  vi.stubGlobal(
    'WebSocket',
    class extends Inner {
      constructor(url: string) {
        super(url)
        tried.push('websocket')
      }
    },
  )
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  const timers: { ms: number; run: () => void }[] = []
  const clock = {
    now: () => 0,
    after: (ms: number, run: () => void) => {
      const timer = { ms, run }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
    random: () => 0,
  }
  const lanes: Lane[] = []
  const ways = new Ways(async () => {
    tried.push('lane')
    const lane = new Lane()
    lanes.push(lane)
    return lane
  })
  const dial = () => {
    const told: string[] = []
    const socket = new DialledSocket('ws://peer.test/sync', ways, clock)
    for (const type of ['open', 'message']) socket.addEventListener(type, () => told.push(type))
    socket.addEventListener('close', (event) => told.push(`close ${event instanceof CloseEvent ? event.code : ''}`))
    return { socket, told }
  }
  return { tried, timers, lanes, ways, dial }
}

const lane = async (lanes: Lane[], index: number) => {
  await eventually(() => expect(lanes.length).toBeGreaterThan(index))
  await Promise.resolve()
  return lanes[index] ?? new Lane()
}

test('a WebSocket that answers is taken, and nothing else is asked for', async () => {
  const { tried, timers, ways, dial } = surroundings(new TestPeer())
  const { told } = dial()
  await eventually(() => expect(told).toEqual(['open']))
  // The pong is nobody's message, and ends the wait for one.
  await eventually(() => expect(timers).toEqual([]))
  expect(told).toEqual(['open'])
  expect(tried).toEqual(['websocket'])
  expect(ways).toMatchObject({ by: 'websocket', webSocketsBlocked: false })
})

test('one that is refused gives its place to a lane, and the next attempt begins with that', async () => {
  const peer = new TestPeer()
  peer.down = true
  const { tried, lanes, ways, dial } = surroundings(peer)
  const { told, socket } = dial()
  const first = await lane(lanes, 0)
  expect(ways.webSocketsBlocked).toBe(false)
  first.dispatchEvent(new Event('open'))
  expect(told).toEqual(['open'])
  expect(ways).toMatchObject({ by: 'stream', webSocketsBlocked: true })
  socket.send(Uint8Array.of(7))
  expect(first.sent).toEqual([Uint8Array.of(7)])
  first.end(1006)
  expect(told).toEqual(['open', 'close 1006'])
  dial()
  await lane(lanes, 1)
  expect(tried).toEqual(['websocket', 'lane', 'lane'])
})

test('one that hangs is given up after a bounded wait', async () => {
  const { timers, lanes, dial } = surroundings(null)
  const { told } = dial()
  expect(timers.map(({ ms }) => ms)).toEqual([4_000])
  expect(lanes).toEqual([])
  timers[0]?.run()
  const first = await lane(lanes, 0)
  first.dispatchEvent(new Event('open'))
  expect(told).toEqual(['open'])
})

test('a lane that does not open, or gives way, sends the next attempt to a WebSocket', async () => {
  const peer = new TestPeer()
  peer.down = true
  const { tried, lanes, ways, dial } = surroundings(peer)
  dial()
  ;(await lane(lanes, 0)).end(1006)
  expect(ways.webSocketsBlocked).toBe(false)
  dial()
  const second = await lane(lanes, 1)
  second.dispatchEvent(new Event('open'))
  expect(ways.webSocketsBlocked).toBe(true)
  second.end(gaveWay)
  expect(ways.webSocketsBlocked).toBe(false)
  expect(tried).toEqual(['websocket', 'lane', 'websocket', 'lane'])
})

test('without a network nobody goes round', async () => {
  vi.stubGlobal('navigator', { onLine: false })
  const peer = new TestPeer()
  peer.down = true
  const { tried, dial } = surroundings(peer)
  const { told } = dial()
  await eventually(() => expect(told).toEqual(['close 1006']))
  expect(tried).toEqual(['websocket'])
})

test('closed while its lane is still coming, it lets the lane go', async () => {
  const { timers, lanes, dial } = surroundings(null)
  const { socket, told } = dial()
  timers[0]?.run()
  socket.close()
  const first = await lane(lanes, 0)
  await eventually(() => expect(first.closed).toBe(true))
  expect(told).toEqual(['close 1005'])
})
