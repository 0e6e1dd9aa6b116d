import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enter, killMains, startMain } from './mainProcess.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weft-bulk-'))
})
afterEach(async () => {
  killMains()
  await rm(dataDir, { recursive: true, force: true })
})

const people = 6_000

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

function count(query: string): number {
  const db = new Connection(join(dataDir, 'weft.db'), { readonly: true })
  const found = db.prepare<[], number>(query).pluck().get() ?? 0
  db.close()
  return found
}
const toldOf = (title: string) => count(`select count(*) from notifications where detail like '%"${title}"%'`)

test('[NOTIFY-1] kills in the middle of telling thousands leave each of them exactly one, in inbox, count and queue', async () => {
  const titles: string[] = []
  let inTheMiddle = 0
  // A starved machine may kill too late: then once more.
  while (inTheMiddle < 2 && titles.length < 6) {
    const main = startMain(dataDir)
    const ann = await enter(await main.running(), titles.length === 0 ? 'sign-up' : 'sign-in')
    if (titles.length === 0) makePeople()
    const title = `To all ${titles.length}`
    titles.push(title)
    await ann.api.notificationsAdmin.announce({ title })
    await expect.poll(() => toldOf(title), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0)
    await main.kill()
    if (toldOf(title) < people) inTheMiddle++
  }
  expect(inTheMiddle).toBeGreaterThan(0)

  const ann = await enter(await startMain(dataDir).running(), 'sign-in')
  const states = async () =>
    (await ann.api.notificationsAdmin.announcements({})).map(({ state, recipients }) => ({ state, recipients }))
  await expect
    .poll(states, { timeout: 120_000, interval: 50 })
    .toEqual(titles.map(() => ({ state: 'sent', recipients: people })))
  killMains()
  const all = people * titles.length
  expect(count('select count(*) from notifications where count = 1 and unread = 1')).toBe(all)
  expect(count("select count(distinct user_id || ' ' || group_key) from notifications")).toBe(all)
  const each = `seq = ${titles.length} and unread = ${titles.length}`
  expect(count(`select count(*) from inboxes where ${each}`)).toBe(people)
  expect(count('select count(distinct notification_id) from deliveries')).toBe(all)
  expect(count('select count(*) from deliveries')).toBe(all)
}, 240_000)
