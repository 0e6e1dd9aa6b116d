import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandId, randomId, UserId, WeftError } from '@weft/shared/kit'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCommandLog, createEventLog, type EventLog } from '../events/index.ts'
import { openSqlite, type Storage } from '../storage/index.ts'
import { type Actor, type Commit, createCommit } from './commit.ts'

const log = pino({ level: 'silent' })
const clock = { now: () => 1_700_000_000_000 }
const newActor = (): Actor => ({ userId: UserId.parse(randomId()), commandId: CommandId.parse(randomId()) })
const notFound = new WeftError('not-found', 'It is in the trash.')

let directory: string
let storage: Storage
let events: EventLog
let commit: Commit

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-commit-'))
  storage = await openSqlite({ file: join(directory, 'weft.db') })
  events = createEventLog({ storage, clock, log })
  commit = createCommit(events, createCommandLog({ storage, clock, log }))
})
afterEach(async () => {
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
})

const rename = (by: Actor) =>
  commit(by, 'installation', async (_, say) => ({ seq: await say({ type: 'workspace.renamed' }) }))

test('[EVENT-4] a copy that is refused because the other one was executed while it looked answers as that one', async () => {
  const by = newActor()
  const answer = await commit.unlessDone(by, async () => {
    await rename(by)
    throw notFound
  })
  expect(answer).toEqual({ seq: 1 })
  expect(await events.head('installation')).toBe(1)
})

test('a command that was never executed is refused with its reason', async () => {
  const refused = async () => {
    throw notFound
  }
  await expect(commit.unlessDone(newActor(), refused)).rejects.toBe(notFound)
  await expect(commit.unlessDone({ ...newActor(), commandId: null }, refused)).rejects.toBe(notFound)
})
