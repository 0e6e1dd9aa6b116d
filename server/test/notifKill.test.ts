import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cookieOf, emailOf, password, personWith } from './harness.ts'
import { killMains, startMain } from './mainProcess.ts'
import { patience } from './notificationRoom.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weft-bulk-'))
})
afterEach(async () => {
  killMains()
  await rm(dataDir, { recursive: true, force: true })
})

const people = 6_000

async function enter(url: string, how: 'sign-up' | 'sign-in') {
  const response = await fetch(`${url}/api/auth/${how}/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ann', email: emailOf('Ann'), password }),
  })
  return personWith(url, url, 'Ann', cookieOf(response))
}

/** Accounts like the first one, that nobody signs in to. */
function makePeople(): void {
  const db = new Connection(join(dataDir, 'weft.db'))
  const names = db
    .prepare<[string], string>('select name from pragma_table_info(?)')
    .pluck()
    .all('user')
    .filter((name) => name !== 'id' && name !== 'email')
    .map((name) => `"${name}"`)
    .join(', ')
  const insert = db.prepare(`insert into user (id, email, ${names}) select ?, ?, ${names} from user limit 1`)
  db.transaction(() => {
    for (let n = 0; n < people; n++) {
      const id = `person${String(n).padStart(20, '0')}`
      insert.run(id, `${id}@weft.example`)
    }
  })()
  db.close()
}

function told(): number {
  const db = new Connection(join(dataDir, 'weft.db'), { readonly: true })
  const count = db.prepare<[], number>('select count(*) from notifications').pluck().get() ?? 0
  db.close()
  return count
}

test('[NOTIFY-1] a kill in the middle of telling thousands leaves each of them exactly one, in inbox, count and queue', async () => {
  const first = startMain(dataDir)
  const ann = await enter(await first.running(), 'sign-up')
  makePeople()
  await ann.api.notificationsAdmin.announce({ title: 'To all', text: 'of you' })
  await expect.poll(told, patience).toBeGreaterThan(0)
  await first.kill()
  const atFirstKill = told()
  // Otherwise the kill came too late to show anything.
  expect(atFirstKill).toBeLessThan(people)

  const second = startMain(dataDir)
  await second.running()
  await expect.poll(told, patience).toBeGreaterThan(atFirstKill)
  await second.kill()
  expect(told()).toBeLessThan(people)

  const url = await startMain(dataDir).running()
  const again = await enter(url, 'sign-in')
  await expect
    .poll(() => again.api.notificationsAdmin.announcements({}), { timeout: 60_000, interval: 50 })
    .toMatchObject([{ state: 'sent', recipients: people }])
  killMains()
  const db = new Connection(join(dataDir, 'weft.db'), { readonly: true })
  const count = (query: string) => db.prepare<[], number>(query).pluck().get()
  expect(count('select count(*) from notifications')).toBe(people)
  expect(count('select count(distinct user_id) from notifications where count = 1 and unread = 1')).toBe(people)
  expect(count('select count(*) from inboxes where seq = 1 and unread = 1')).toBe(people)
  expect(count('select count(*) from deliveries')).toBe(people)
  expect(count('select count(distinct notification_id) from deliveries')).toBe(people)
  db.close()
})
