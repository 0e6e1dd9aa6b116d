// @vitest-environment node
import 'fake-indexeddb/auto'
import type { CommandId, DocumentId, UserId } from '@weft/shared/kit'
import { openDB } from 'idb'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../kit/testing/eventually.ts'
import { DeviceDatabase } from '../device/DeviceDatabase.ts'
import { databaseName } from '../device/database.ts'
import { IndexedDbOutbox } from '../device/IndexedDbOutbox.ts'
import { create, mark, move, remove, rename } from '../testing/commands.ts'
import { someDocument, someUser } from '../testing/people.ts'
import { pageClock } from '../transport/Clock.ts'
import type { Carried } from './carry.ts'
import { Outbox } from './Outbox.ts'
import { mostCommands, OutboxFull } from './OutboxFull.ts'
import type { OutboxRow } from './OutboxRow.ts'
import { type SendLock, storeLock } from './SendLock.ts'

const done: Carried = { outcome: 'done' }
const offline: Carried = { outcome: 'later', all: true, after: null }
const refused: Carried = { outcome: 'refused', refusal: { why: 'not-permitted', message: 'No.' } }
const clock = { ...pageClock, random: () => 0.001 }

const alone: SendLock = (work, ended) => work(ended)

/** A page with its outbox on `userId`'s device; what is sent is noted and answered by `answers`. */
function page(userId: UserId, options: Partial<ConstructorParameters<typeof Outbox>[0]> = {}) {
  const sent: CommandId[] = []
  const settled: OutboxRow[] = []
  const device = new DeviceDatabase(userId)
  const answers = { with: (_row: OutboxRow): Carried | Promise<Carried> => done }
  const outbox = new Outbox({
    store: new IndexedDbOutbox(device),
    lock: alone,
    clock,
    carry: async (row) => {
      sent.push(row.commandId)
      return answers.with(row)
    },
    acknowledged: async () => true,
    refusing: async () => true,
    settled: (row) => settled.push(row),
    tell: () => undefined,
    ...options,
  })
  onTestFinished(() => {
    outbox.end()
    device.close()
  })
  const states = () => outbox.rows.map(({ state }) => state)
  return { outbox, device, sent, settled, answers, states }
}

test('[EVENT-4] commands of a page that was closed without a network are sent by the next one, in order, once', async () => {
  const user = someUser()
  const first = page(user)
  first.answers.with = () => offline
  const id = someDocument()
  const commands = [create(id), rename(id), move(id, null)]
  for (const command of commands) await first.outbox.add(command)
  first.outbox.end()
  const second = page(user)
  await eventually(() => expect(second.states()).toEqual(['done', 'done', 'done']))
  expect(second.sent).toEqual(commands.map(({ commandId }) => commandId))
  const workspace = commands[0]?.workspaceId
  await second.outbox.listed(workspace ? second.outbox.executed(workspace) : [])
  expect(await new IndexedDbOutbox(second.device).all()).toEqual([])
})

test('a refused command takes along what needs it; both can be tried again, or discarded', async () => {
  const { outbox, answers, settled, states } = page(someUser())
  const id = someDocument()
  answers.with = ({ call }) => (call.name === 'documents.create' ? refused : done)
  const making = create(id)
  await outbox.add(making)
  await outbox.add(rename(id))
  await outbox.add(rename(someDocument()))
  await eventually(() => expect(states()).toEqual(['refused', 'refused', 'done']))
  expect(outbox.rows.map(({ refusal }) => refusal?.why)).toEqual(['not-permitted', 'needed', undefined])
  expect(settled).toHaveLength(3)
  answers.with = () => done
  await outbox.retry(making.commandId)
  await eventually(() => expect(states()).toEqual(['done', 'done', 'done']))
  answers.with = () => refused
  const last = rename(id)
  await outbox.add(last)
  await eventually(() => expect(states().at(-1)).toBe('refused'))
  await outbox.discard(last.commandId)
  expect(states()).toEqual(['done', 'done', 'done'])
})

test('[SAVE-8] a refusal is noted only when what it would lose is safe', async () => {
  let safe = false
  const { outbox, answers, states, sent } = page(someUser(), { refusing: async () => safe })
  answers.with = () => refused
  await outbox.add(create())
  await eventually(() => expect(sent.length).toBeGreaterThan(1))
  expect(states()).toEqual(['waiting'])
  safe = true
  await eventually(() => expect(states()).toEqual(['refused']))
})

test('[EVENT-4] a command waits for the text that it counts on', async () => {
  const unsent = new Set<DocumentId>()
  const { outbox, sent, states } = page(someUser(), {
    acknowledged: async (id) => !unsent.has(id),
    clock: { ...clock, after: (ms, run) => clock.after(Math.min(ms, 5), run) },
  })
  const id = someDocument()
  unsent.add(id)
  await outbox.add(remove(id, [id]))
  await outbox.add(rename(someDocument()))
  await eventually(() => expect(states()).toEqual(['waiting', 'done']))
  expect(sent).toHaveLength(1)
  unsent.clear()
  outbox.wake()
  await eventually(() => expect(states()).toEqual(['done', 'done']))
})

test('signed out, it waits and says so; woken, it goes on', async () => {
  const { outbox, answers, states, sent } = page(someUser())
  answers.with = () => ({ outcome: 'signed-out' })
  await outbox.add(rename(someDocument()))
  await eventually(() => expect(outbox.signedOut).toBe(true))
  await outbox.add(rename(someDocument()))
  expect(sent).toHaveLength(1)
  answers.with = () => done
  outbox.wake()
  await eventually(() => expect(states()).toEqual(['done', 'done']))
  expect(outbox.signedOut).toBe(false)
})

test('what the server asks for is waited for, by all commands', async () => {
  const waits: number[] = []
  const { outbox, answers, states } = page(someUser(), {
    clock: {
      ...clock,
      after: (ms, run) => {
        waits.push(ms)
        return clock.after(ms, run)
      },
    },
  })
  answers.with = () => ({ outcome: 'later', all: true, after: 60_000 })
  await outbox.add(rename(someDocument()))
  await eventually(() => expect(Math.max(0, ...waits)).toBeGreaterThan(59_000))
  answers.with = () => done
  outbox.wake()
  await eventually(() => expect(states()).toEqual(['done']))
})

test('of two tabs one sends; the other learns of it, and takes over when the first is gone', async () => {
  const user = someUser()
  let chain = Promise.resolve()
  const lock: SendLock = (work, ended) => {
    const turn = chain.then(() => (ended.aborted ? undefined : work(ended)))
    chain = turn.then(() => undefined)
    return chain
  }
  const pages: ReturnType<typeof page>[] = []
  const tell = () => {
    for (const { outbox } of pages) void outbox.read()
  }
  pages.push(page(user, { lock, tell }), page(user, { lock, tell }))
  const [one, other] = pages as [ReturnType<typeof page>, ReturnType<typeof page>]
  for (const { answers } of pages) answers.with = () => offline
  await one.outbox.add(rename(someDocument()))
  await other.outbox.add(rename(someDocument()))
  await eventually(() => expect(one.sent.length + other.sent.length).toBeGreaterThan(1))
  const [sending, idle] = one.sent.length > 0 ? [one, other] : [other, one]
  expect(idle.sent).toEqual([])
  sending.outbox.end()
  idle.answers.with = () => done
  await eventually(() => expect(idle.states()).toEqual(['done', 'done']))
})

test('[EVENT-4] the page that sends waits for commands of another one, of which it has not heard yet', async () => {
  const user = someUser()
  const [first, second] = [page(user), page(user)]
  first.answers.with = () => offline
  const answer = Promise.withResolvers<Carried>()
  const busy = rename(someDocument())
  second.answers.with = (row) => (row.commandId === busy.commandId ? answer.promise : done)
  await second.outbox.add(busy)
  await eventually(() => expect(second.sent).toEqual([busy.commandId]))
  const id = someDocument()
  const [making, naming, removing] = [create(id), rename(id), remove(id)]
  await first.outbox.add(making)
  await first.outbox.add(naming)
  await second.outbox.add(removing)
  await eventually(() => expect(second.states()).toEqual(['waiting', 'done', 'done', 'done']))
  expect(second.sent).toEqual([busy, making, naming, removing].map(({ commandId }) => commandId))
  answer.resolve(done)
  await eventually(() => expect(second.states()).toEqual(['done', 'done', 'done', 'done']))
})

test('without Web Locks a lease in the store lets one page send, and runs out with it', async () => {
  const device = new DeviceDatabase(someUser())
  const store = new IndexedDbOutbox(device)
  let now = 1_000
  const timers: (() => void)[] = []
  const leased = {
    ...clock,
    now: () => now,
    after: (_ms: number, run: () => void) => {
      timers.push(run)
      return () => undefined
    },
  }
  const ended = new AbortController()
  const log: string[] = []
  // This page stops without a word: its lease is never renewed.
  void storeLock('send', store, { ...leased, after: () => () => undefined })(async () => {
    log.push('first')
    await new Promise(() => undefined)
  }, ended.signal)
  await eventually(() => expect(log).toEqual(['first']))
  const second = storeLock('send', store, leased)(async () => void log.push('second'), ended.signal)
  await eventually(() => expect(timers).toHaveLength(1))
  expect(log).toEqual(['first'])
  now += 15_001
  timers.shift()?.()
  await second
  expect(log).toEqual(['first', 'second'])
  device.close()
})

test('a row that cannot be read is set apart, and the rest goes on', async () => {
  const user = someUser()
  const first = page(user)
  first.answers.with = () => offline
  const good = rename(someDocument())
  await first.outbox.add(good)
  first.outbox.end()
  first.device.close()
  const raw = await openDB(databaseName(user))
  await raw.add('outbox', { commandId: 'nonsense', call: { name: 'documents.explode' } })
  raw.close()
  const second = page(user)
  await eventually(() => expect(second.states()).toEqual(['done']))
  expect(second.sent).toEqual([good.commandId])
  expect(await new IndexedDbOutbox(second.device).broken()).toBe(1)
})

test('it takes a bounded number of commands, and says so', async () => {
  const { outbox, answers } = page(someUser())
  answers.with = () => offline
  await outbox.loaded
  for (let made = 0; made < mostCommands; made++) await outbox.add(rename(someDocument()))
  await expect(outbox.add(rename(someDocument()))).rejects.toBeInstanceOf(OutboxFull)
  expect(outbox.rows).toHaveLength(mostCommands)
}, 30_000)

test('where the device takes nothing, commands are sent all the same, and the page says that they are only in it', async () => {
  const broken = () => Promise.reject(new Error('no IndexedDB here'))
  const { outbox, answers, states } = page(someUser(), {
    store: {
      all: broken,
      add: broken,
      update: broken,
      broken,
      discardBroken: broken,
      lease: broken,
      release: broken,
    },
  })
  answers.with = () => offline
  await outbox.add(rename(someDocument()))
  expect(outbox.onlyInPage).toBe(true)
  answers.with = () => done
  outbox.wake()
  await eventually(() => expect(states()).toEqual(['done']))
  expect(outbox.onlyInPage).toBe(false)
})

test('[EVENT-4] what waited longer than the server remembers is not sent unasked', async () => {
  const user = someUser()
  const first = page(user)
  first.answers.with = () => offline
  const command = rename(someDocument())
  await first.outbox.add(command)
  first.outbox.end()
  const later = page(user, { clock: { ...clock, now: () => Date.now() + 84 * 24 * 3_600_000 } })
  await eventually(() => expect(later.outbox.rows[0]?.refusal).toEqual({ why: 'too-old' }))
  expect(later.sent).toEqual([])
  await later.outbox.retry(command.commandId)
  await eventually(() => expect(later.states()).toEqual(['done']))
})

test('[EVENT-3] commands on the inbox go one after the other, and keep the sequence that shows them', async () => {
  const { outbox, sent, answers, states } = page(someUser())
  const arrived: Array<(carried: Carried) => void> = []
  answers.with = () => new Promise((resolve) => arrived.push(resolve))
  const commands = [mark(true), mark(false)]
  for (const command of commands) await outbox.add(command)
  await eventually(() => expect(sent).toEqual([commands[0]?.commandId]))
  arrived[0]?.({ outcome: 'done', seq: 7 })
  await eventually(() => expect(sent).toEqual(commands.map(({ commandId }) => commandId)))
  arrived[1]?.({ outcome: 'done', seq: 8 })
  await eventually(() => expect(states()).toEqual(['done', 'done']))
  expect(outbox.rows.map(({ seq }) => seq)).toEqual([7, 8])
})
