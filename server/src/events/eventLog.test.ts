import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EventScope, installationScope, type WeftEvent } from '@weft/shared/events'
import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openSqlite, type Storage } from '../storage/index.ts'
import { createEventLog, type EventLog } from './index.ts'

const log = pino({ level: 'silent' })
const clock = { now: () => 1_700_000_000_000 }
const actor = UserId.parse(randomId())
const newScope = (): WorkspaceId => WorkspaceId.parse(randomId())
const renamed = () => ({ type: 'document.renamed', documentId: DocumentId.parse(randomId()) }) as const

let directory: string
let storage: Storage
let events: EventLog

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-events-'))
  storage = await openSqlite({ file: join(directory, 'weft.db') })
  events = createEventLog({ storage, clock, log })
})
afterEach(async () => {
  await events.stop()
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
})

const append = (scope: EventScope, log_ = events) =>
  storage.transaction((tx) => log_.append(tx, scope, actor, renamed()))
const restarted = () => createEventLog({ storage, clock, log })
const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 20_000, interval: 5 })

describe('the event log', () => {
  test('[EVENT-1] a change that is rolled back leaves no event and no gap', async () => {
    const scope = newScope()
    await append(scope)
    const failing = storage.transaction(async (tx) => {
      await events.append(tx, scope, actor, renamed())
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await append(scope)).toBe(2)
    expect((await events.since(scope, 0, 10)).map((event) => event.seq)).toEqual([1, 2])
    expect(await events.head(scope)).toBe(2)
  })

  test('[EVENT-3] each scope counts by itself, without gaps, whoever writes at once', async () => {
    const scopes: EventScope[] = [newScope(), newScope(), installationScope]
    const given = await Promise.all(scopes.flatMap((scope) => Array.from({ length: 20 }, () => append(scope))))
    for (const [i] of scopes.entries())
      expect(given.slice(i * 20, i * 20 + 20).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      )
    const page = await events.since(scopes[0] ?? installationScope, 17, 2)
    expect(page.map((event) => event.seq)).toEqual([18, 19])
    expect(page[0]).toMatchObject({
      scope: scopes[0],
      actorId: actor,
      at: clock.now(),
      fact: { type: 'document.renamed' },
    })
  })

  test('[EVENT-2] a consumer sees every event in order, those of the past only if it asks for them', async () => {
    const [old, young] = [newScope(), newScope()]
    await append(old)
    await append(old)
    const seen: Record<'now' | 'start', string[]> = { now: [], start: [] }
    const note = (from: 'now' | 'start') => async (event: WeftEvent) => {
      seen[from].push(`${event.scope === old ? 'old' : 'young'} ${event.seq}`)
    }
    events.consume('late', note('now'), { from: 'now' })
    events.consume('early', note('start'), { from: 'start' })
    await events.start()
    await append(old)
    await append(young)
    await until(() => seen.now.length >= 2 && seen.start.length >= 4)
    expect(seen.now.filter((word) => word.startsWith('old'))).toEqual(['old 3'])
    expect(seen.start.filter((word) => word.startsWith('old'))).toEqual(['old 1', 'old 2', 'old 3'])
    expect(seen.now).toContain('young 1')
  })

  test('[EVENT-2] after a crash between handler and position the event comes again, and nothing is left out', async () => {
    const scope = newScope()
    await append(scope)
    const seen: number[] = []
    // The process ends while the second handler runs: its position is never written.
    const crashing = restarted()
    crashing.consume(
      'c',
      async (event) => {
        seen.push(event.seq)
        if (event.seq === 2) await new Promise(() => {})
      },
      { from: 'start' },
    )
    await crashing.start()
    await until(() => seen.length === 1)
    await append(scope, crashing)
    await until(() => seen.length === 2)

    // Appended by a process that ended before it could wake anybody.
    await append(scope)
    const next = restarted()
    next.consume('c', async (event) => void seen.push(event.seq), { from: 'start' })
    await next.start()
    await until(() => seen.at(-1) === 3)
    expect(seen).toEqual([1, 2, 2, 3])
    await next.stop()
  })

  test('[EVENT-2] a scope that began while the process was down is read from its first event, also from now', async () => {
    const first = restarted()
    first.consume('c', async () => {}, { from: 'now' })
    await first.start()
    await first.stop()
    const scope = newScope()
    await append(scope)
    const seen: number[] = []
    events.consume('c', async (event) => void seen.push(event.seq), { from: 'now' })
    await events.start()
    await until(() => seen.length === 1)
    expect(seen).toEqual([1])
  })

  test('[LIMIT-3] a handler that throws is tried again and holds up neither other scopes nor other consumers', async () => {
    const [bad, good] = [newScope(), newScope()]
    let failures = 0
    const seen: string[] = []
    const others: number[] = []
    events.consume(
      'failing',
      async (event) => {
        if (event.scope === bad && event.seq === 2 && failures < 3) {
          failures++
          throw new Error('on purpose')
        }
        seen.push(`${event.scope === bad ? 'bad' : 'good'} ${event.seq}`)
      },
      { from: 'now' },
    )
    events.consume('other', async (event) => void others.push(event.seq), { from: 'now' })
    await events.start()
    for (let i = 0; i < 3; i++) await append(bad)
    for (let i = 0; i < 3; i++) await append(good)
    await until(() => seen.length === 6)
    expect(failures).toBe(3)
    expect(seen.filter((word) => word.startsWith('bad'))).toEqual(['bad 1', 'bad 2', 'bad 3'])
    expect(seen.indexOf('good 3')).toBeLessThan(seen.indexOf('bad 2'))
    expect(others).toHaveLength(6)
  })

  test('a listener hears a commit before its transaction resolves, and one that throws disturbs nobody', async () => {
    const scope = newScope()
    const heard: number[] = []
    events.onEvent(() => {
      throw new Error('on purpose')
    })
    const end = events.onEvent((event) => heard.push(event.seq))
    await append(scope)
    expect(heard).toEqual([1])
    end()
    await append(scope)
    expect(heard).toEqual([1])
  })

  test('stop waits for the handler that runs, and nothing runs after it', async () => {
    const scope = newScope()
    const gate = Promise.withResolvers<void>()
    let running = false
    const seen: number[] = []
    events.consume(
      'c',
      async (event) => {
        running = true
        await gate.promise
        seen.push(event.seq)
      },
      { from: 'now' },
    )
    await events.start()
    await append(scope)
    await append(scope)
    await until(() => running)
    let stopped = false
    const stopping = events.stop().then(() => {
      stopped = true
    })
    await storage.read.selectFrom('events').select('seq').execute()
    expect(stopped).toBe(false)
    gate.resolve()
    await stopping
    expect(seen).toEqual([1])
    const position = await storage.read
      .selectFrom('consumer_positions')
      .select('seq')
      .where('scope', '=', scope)
      .executeTakeFirst()
    expect(position).toEqual({ seq: 1 })
  })
})
