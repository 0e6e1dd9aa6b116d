import { expect, test } from 'vitest'
import { RoomKeeper } from './RoomKeeper.ts'

/** A clock that moves when told. */
function handClock() {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    random: () => 0,
    after: (ms: number, run: () => void) => {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    pass(ms: number) {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { run } of due) run()
    },
  }
}

function keeper() {
  const clock = handClock()
  const log: string[] = []
  let opened = 0
  const rooms = new RoomKeeper<string, { number: number; destroy(): Promise<void> }>(clock, 5_000, (id) => {
    const number = ++opened
    log.push(`open ${id} ${number}`)
    return {
      number,
      destroy: async () => {
        log.push(`end ${id} ${number}`)
      },
    }
  })
  return { clock, log, rooms }
}

test('a room ends once, some seconds after the last of its holders has let go', () => {
  const { clock, log, rooms } = keeper()
  const [one, two] = [rooms.hold('a'), rooms.hold('a')]
  clock.pass(60_000)
  one()
  one()
  clock.pass(60_000)
  expect(log).toEqual(['open a 1'])
  two()
  clock.pass(4_999)
  expect(rooms.find('a')).toBeDefined()
  clock.pass(1)
  expect(log).toEqual(['open a 1', 'end a 1'])
  expect(rooms.find('a')).toBeUndefined()
  clock.pass(60_000)
  expect(log).toHaveLength(2)
})

test('who comes back within those seconds finds the same room; who comes later, a new one', () => {
  const { clock, log, rooms } = keeper()
  rooms.hold('a')()
  clock.pass(4_000)
  const letGo = rooms.hold('a')
  clock.pass(60_000)
  expect(log).toEqual(['open a 1'])
  letGo()
  clock.pass(5_000)
  expect(rooms.get('a').number).toBe(2)
})

test('a room that was only rendered, and never held, ends by itself', () => {
  const { clock, log, rooms } = keeper()
  rooms.get('a')
  clock.pass(5_000)
  expect(log).toEqual(['open a 1', 'end a 1'])
})
