import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEventLog, type EventLog } from '../events/index.ts'
import { openSqlite, type Storage } from '../storage/index.ts'
import { createAdmitVisitor, readVisitors, type VisitorProfile } from './visitors.ts'

const clock = { now: () => 1_700_000_000_000 }
const workspaceId = WorkspaceId.parse(randomId())
const ann: VisitorProfile = {
  workspaceId,
  kind: 'key',
  host: 'Looms',
  externalId: 'user-1',
  name: 'Ann',
  image: 'https://looms.example/ann.png',
}

let directory: string
let storage: Storage
let events: EventLog

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-visitors-'))
  storage = await openSqlite({ file: join(directory, 'weft.db') })
  events = createEventLog({ storage, clock, log: pino({ level: 'silent' }) })
  await storage.transaction(async (tx) => {
    const row = { name: 'Test', created_by: UserId.parse(randomId()), created_at: 0 }
    await tx
      .insertInto('workspaces')
      .values({ id: workspaceId, ...row })
      .execute()
  })
})
afterAll(async () => {
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
})

const admit = (profile: VisitorProfile) => createAdmitVisitor({ storage, events, clock })(profile)

test('[IDENT-1] a visitor is named with who vouches for them, under an id that no account has', async () => {
  const id = await admit(ann)
  expect(id).toMatch(/^v_/)
  expect((await readVisitors(storage.read, [id])).get(id)).toMatchObject({
    id,
    name: 'Ann (Looms)',
    image: ann.image,
    visitor: true,
  })
})

test('the same person is the same visitor, also when they come twice at once; others are others', async () => {
  const [first, again] = await Promise.all([admit({ ...ann, externalId: 'new' }), admit({ ...ann, externalId: 'new' })])
  expect(again).toBe(first)
  expect(await admit({ ...ann, externalId: 'new', host: 'Elsewhere' })).not.toBe(first)
  expect(await admit({ ...ann, externalId: 'NEW' })).not.toBe(first)
})

test('another name is told like that of an account, once', async () => {
  const id = await admit(ann)
  const before = await events.head('installation')
  expect(await admit({ ...ann, name: 'Anna' })).toBe(id)
  expect(await admit({ ...ann, name: 'Anna' })).toBe(id)
  const told = await events.since('installation', before, 10)
  expect(told.map(({ fact }) => fact)).toEqual([{ type: 'account.changed', userId: id }])
  expect((await readVisitors(storage.read, [id])).get(id)?.name).toBe('Anna (Looms)')
})
