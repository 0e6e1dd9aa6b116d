import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandId, randomId, UserId } from '@weft/shared/kit'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite, type Storage } from '../storage/index.ts'
import { commandAge } from './commandLog.ts'
import { type CommandLog, createCommandLog, createEventLog, type EventLog } from './index.ts'

const log = pino({ level: 'silent' })
let now = 1_700_000_000_000
const clock = { now: () => now }
const [alice, bob] = [UserId.parse(randomId()), UserId.parse(randomId())]
const newCommand = (): CommandId => CommandId.parse(randomId())

let directory: string
let storage: Storage
let events: EventLog
let commands: CommandLog

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-commands-'))
  storage = await openSqlite({ file: join(directory, 'weft.db') })
  events = createEventLog({ storage, clock, log })
  commands = createCommandLog({ storage, clock, log })
})
afterEach(async () => {
  await commands.stop()
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
})

const run = (id: CommandId | null, userId: UserId) =>
  commands.runOnce(id, userId, async (tx) => ({
    seq: await events.append(tx, 'installation', userId, { type: 'workspace.renamed' }),
  }))

describe('the log of commands', () => {
  test('[EVENT-4] a repeated command answers the same and changes nothing, also when both arrive at once', async () => {
    const id = newCommand()
    const answers = await Promise.all([run(id, alice), run(id, alice), run(id, alice)])
    expect(answers).toEqual([{ seq: 1 }, { seq: 1 }, { seq: 1 }])
    expect(await run(id, alice)).toEqual({ seq: 1 })
    expect(await events.head('installation')).toBe(1)
    expect(await run(newCommand(), alice)).toEqual({ seq: 2 })
  })

  test('[EVENT-4] the id of another person is a conflict, and changes nothing', async () => {
    const id = newCommand()
    await run(id, alice)
    await expect(run(id, bob)).rejects.toMatchObject({ id: 'conflict' })
    expect(await events.head('installation')).toBe(1)
  })

  test('[EVENT-4] a command that failed may be sent again', async () => {
    const id = newCommand()
    const failing = commands.runOnce(id, alice, async (tx) => {
      await events.append(tx, 'installation', alice, { type: 'workspace.renamed' })
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await run(id, alice)).toEqual({ seq: 1 })
  })

  test('without an id every call runs; an answer of nothing is kept too', async () => {
    expect([await run(null, alice), await run(null, alice)]).toEqual([{ seq: 1 }, { seq: 2 }])
    const id = newCommand()
    let runs = 0
    for (let i = 0; i < 2; i++) await commands.runOnce(id, alice, async () => void runs++)
    expect(runs).toBe(1)
  })

  test('a command that kept the writer too long is tried again; nothing of the first try is there', async () => {
    let runs = 0
    const command = (slowRuns: number) =>
      commands.runOnce(newCommand(), alice, async (tx) => {
        const seq = await events.append(tx, 'installation', alice, { type: 'workspace.renamed' })
        if (++runs <= slowRuns) await new Promise(() => {})
        return { seq }
      })
    expect(await command(1)).toEqual({ seq: 1 })
    expect(runs).toBe(2)
    runs = 0
    await expect(command(9)).rejects.toMatchObject({ id: 'storage-stopped' })
    expect(runs).toBe(3)
    expect(await events.head('installation')).toBe(1)
  })

  test('[EVENT-4] ids are known for 90 days and then forgotten', async () => {
    const [old, young] = [newCommand(), newCommand()]
    await run(old, alice)
    now += commandAge / 2
    await run(young, alice)
    now += commandAge / 2 + 1
    expect(await commands.clean()).toBe(1)
    expect(await run(young, alice)).toEqual({ seq: 2 })
    expect(await run(old, alice)).toEqual({ seq: 3 })
  })
})
