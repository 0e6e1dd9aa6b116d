import { UserId } from '@weft/shared/kit'
import { expect, it } from 'vitest'
import type { ChannelMember } from './channelMember.ts'
import { HoldQueue } from './holdQueue.ts'

const member = (): ChannelMember => ({
  userId: UserId.parse('u'.repeat(20)),
  awarenessIds: [],
  following: true,
  send: () => {},
  say: () => {},
  released: () => {},
  close: () => {},
})
const body = (length: number) => new Uint8Array(length)

it('[SAVE-2] lets out what is on disk, in its order, and nothing else', () => {
  const [a, b] = [member(), member()]
  const queue = new HoldQueue()
  queue.hold({ seq: 1, session: a, body: body(1), afterwards: null })
  queue.holdUpdate({ seq: 1, update: body(1), author: a, userId: a.userId, at: 1 })
  queue.hold({ seq: 2, session: b, body: body(2), afterwards: 'follow' })
  queue.hold({ seq: 2, session: a, body: body(3), afterwards: 'close' })
  queue.holdUpdate({ seq: 3, update: body(1), author: b, userId: b.userId, at: 1 })
  expect(queue.release(0)).toEqual({ frames: [], updates: [] })
  const first = queue.release(2)
  expect(first.frames.map((frame) => frame.body.length)).toEqual([1, 2, 3])
  expect(first.updates).toHaveLength(1)
  expect(queue.size).toBe(1)
  expect(queue.release(3).updates).toHaveLength(1)
  expect(queue.size).toBe(0)
})

it('[SAVE-3] forgets the frames of a session that is gone, and keeps its text for the others', () => {
  const [a, b] = [member(), member()]
  const queue = new HoldQueue()
  queue.hold({ seq: 1, session: a, body: body(10), afterwards: null })
  queue.holdUpdate({ seq: 1, update: body(1), author: a, userId: a.userId, at: 1 })
  queue.hold({ seq: 1, session: b, body: body(5), afterwards: null })
  expect(queue.bytes).toBe(15)
  queue.forget(a)
  expect(queue.bytes).toBe(5)
  const { frames, updates } = queue.release(1)
  expect(frames.map((frame) => frame.session)).toEqual([b])
  expect(updates).toHaveLength(1)
  expect(queue.bytes).toBe(0)
})
