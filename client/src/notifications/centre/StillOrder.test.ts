import type { Notification } from '@weft/shared/notifications'
import { expect, test } from 'vitest'
import { notice } from '../testing/notice.ts'
import { StillOrder } from './StillOrder.ts'

const all = () => true
const at = (updatedAt: number, rest: Partial<Notification> = {}) => notice({ updatedAt, ...rest })
const times = (rows: readonly Notification[]) => rows.map(({ updatedAt }) => updatedAt)

test('the first rows come newest first; new ones wait until they are taken in', () => {
  const order = new StillOrder()
  const rows = [at(1), at(3), at(2)]
  expect(times(order.arrange(rows, all).shown)).toEqual([3, 2, 1])
  const more = [...rows, at(4)]
  const still = order.arrange(more, all)
  expect([times(still.shown), still.fresh]).toEqual([[3, 2, 1], 1])
  expect(times(order.takeIn(more, all).shown)).toEqual([4, 3, 2, 1])
  expect(order.arrange(more, all).fresh).toBe(0)
})

test('a row to which something happens stays in its place, and counts as new', () => {
  const order = new StillOrder()
  const [one, two] = [at(1), at(2)]
  order.arrange([one, two], all)
  const grouped = { ...one, updatedAt: 9, count: 2 }
  const { shown, fresh } = order.arrange([grouped, two], all)
  expect(shown).toEqual([two, grouped])
  expect(fresh).toBe(1)
  expect(order.takeIn([grouped, two], all).shown).toEqual([grouped, two])
})

test('what happens to the row on top is shown there at once', () => {
  const order = new StillOrder()
  const [one, two] = [at(1), at(2)]
  order.arrange([one, two], all)
  const grouped = { ...two, updatedAt: 9, count: 2 }
  expect(order.arrange([one, grouped], all)).toEqual({ shown: [grouped, one], fresh: 0 })
  expect(order.arrange([one, grouped, at(10)], all).fresh).toBe(1)
})

test('older ones are added at the end as they come, and what is taken back stands where it was', () => {
  const order = new StillOrder()
  const [one, two, three] = [at(1), at(2), at(3)]
  order.arrange([two, three], all)
  expect(times(order.arrange([one, two, three], all).shown)).toEqual([3, 2, 1])
  expect(times(order.arrange([one, three], all).shown)).toEqual([3, 1])
  expect(times(order.arrange([one, two, three], all).shown)).toEqual([3, 2, 1])
})

test('what was listed as unread stays while one reads it; what is read already does not come in', () => {
  const order = new StillOrder()
  const unread = (row: Notification) => row.readAt === null
  const [one, two] = [at(1), at(2)]
  order.arrange([one, two], unread)
  const read = { ...two, readAt: 5 }
  expect(order.arrange([one, read, at(1, { readAt: 1 })], unread)).toEqual({ shown: [read, one], fresh: 0 })
})

test('a list that was empty shows at once what comes', () => {
  const order = new StillOrder()
  expect(order.arrange([], all)).toEqual({ shown: [], fresh: 0 })
  const first = at(4)
  expect(order.arrange([first], all)).toEqual({ shown: [first], fresh: 0 })
})
