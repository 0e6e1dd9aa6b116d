import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Document } from '@weft/shared/documents'
import { documentChannel, presenceChannel } from '@weft/shared/sync'
import { setTitle } from '@weft/shared/text'
import Connection from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { migrations } from '../src/storage/migrations/index.ts'
import { enter, killMains, startMain } from './mainProcess.ts'
import { random } from './random.ts'
import { RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

let dataDir = ''
const clients: RawClient[] = []
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weft-restart-'))
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  killMains()
  await rm(dataDir, { recursive: true, force: true })
})

async function connect(url: string, channel: string, token: string) {
  const client = new RawClient(`${url.replace('http', 'ws')}/sync`)
  clients.push(client)
  const address = `${channel}\0s`
  return { client, address, doc: await client.join(address, token) }
}

test('[SAVE-1] after a kill, lists catch up with the text: its title, and when it was changed', async () => {
  const first = startMain(dataDir)
  const url = await first.running()
  const ann = await enter(url, 'sign-up')
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  const { id: documentId } = await ann.api.documents.create({ workspaceId, title: 'Before' })
  const { client, address, doc } = await connect(url, documentChannel(documentId as Document['id']), await ann.token())
  client.update(
    address,
    edit(doc, (text) => setTitle(text, 'After')),
  )
  await client.until('the acknowledgement', () => client.statuses.length === 2)
  await first.kill()

  const file = new Connection(join(dataDir, 'weft.db'), { readonly: true })
  const written = file.prepare<[], number>('select max(at) from journal').pluck().get()
  // The kill came before the list was written: without this, nothing would be caught up with.
  expect(file.prepare('select title from documents').pluck().get()).toBe('Before')
  file.close()

  const second = startMain(dataDir)
  const again = await enter(await second.running(), 'sign-in')
  await vi.waitFor(
    async () => expect(await again.api.documents.get({ documentId })).toMatchObject({ title: 'After' }),
    15_000,
  )
  expect(await again.api.documents.get({ documentId })).toMatchObject({ updatedAt: written })
})

const seed = 20_261_121
test(`a start that is killed leaves nothing half made (seed ${seed})`, async () => {
  const next = random(seed)
  for (let round = 0; round < 6; round++) {
    const start = startMain(dataDir)
    start.running().catch(() => {})
    await Promise.race([start.ended, new Promise((resolve) => setTimeout(resolve, next() * 1_500))])
    await start.kill()
  }
  const url = await startMain(dataDir).running()
  const ann = await enter(url, 'sign-up')
  expect(await ann.api.workspaces.create({ name: 'Looms' })).toMatchObject({ role: 'owner' })
  killMains()
  const file = new Connection(join(dataDir, 'weft.db'), { readonly: true })
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
  const done = file.prepare('select name from kysely_migration order by name').pluck().all()
  expect(done).toEqual(Object.keys(migrations))
  file.close()
})

/** Another program that locks the database for 10 s, as a careless backup does. */
const locker = `
  const [file, driver] = process.argv.slice(1)
  const Connection = require(driver)
  const db = new Connection(file)
  db.exec('BEGIN IMMEDIATE')
  console.log('locked')
  setTimeout(() => { db.exec('ROLLBACK'); db.close() }, 10_000)
`

test('[SAVE-4] a database that is locked for 10 s loses nothing, and everything goes on after it', async () => {
  const url = await startMain(dataDir).running()
  const ann = await enter(url, 'sign-up')
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  const { id: documentId } = await ann.api.documents.create({ workspaceId, title: 'Before' })
  const text = await connect(url, documentChannel(documentId as Document['id']), await ann.token())
  const room = await connect(url, presenceChannel(workspaceId as Document['workspaceId']), await ann.token())

  const driver = new URL('../node_modules/better-sqlite3', import.meta.url).pathname
  const other = spawn(process.execPath, ['-e', locker, join(dataDir, 'weft.db'), driver], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const released = once(other, 'close')
  await once(other.stdout, 'data')
  const heard = (client: RawClient, state: string) =>
    client.of('stateless').some((frame) => frame.text.includes(`"${state}"`))
  let open = true
  void released.then(() => {
    open = false
  })
  room.client.awareness(room.address, room.doc.clientID, {})
  for (let n = 0; n < 20; n++)
    text.client.update(
      text.address,
      edit(text.doc, (doc) => setTitle(doc, `After ${n}`)),
    )
  await text.client.until('the word', () => heard(text.client, 'stopped'))
  expect(open).toBe(true)
  expect(text.client.statuses).toEqual([true])
  const command = ann.api.workspaces.rename({ workspaceId, name: 'Mills' })
  await expect(command).rejects.toMatchObject({ id: 'storage-stopped', reaction: 'retry' })
  expect(await ann.api.workspaces.list()).toMatchObject([{ name: 'Looms' }])
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ saving: 'stopped' })

  await released
  await text.client.until('all answers', () => text.client.statuses.length === 21)
  expect(text.client.statuses).toEqual(Array(21).fill(true))
  await text.client.until('the word', () => heard(text.client, 'resumed'))
  expect(await ann.api.workspaces.rename({ workspaceId, name: 'Mills' })).toMatchObject({ name: 'Mills' })
  await room.client.until('the news', () => heard(room.client, 'changed'))
  await vi.waitFor(
    async () => expect(await ann.api.documents.get({ documentId })).toMatchObject({ title: 'After 19' }),
    15_000,
  )
  await room.client.end()
  await vi.waitFor(async () => expect(await ann.api.presence.lastSeen({ workspaceId })).toHaveLength(1), 15_000)
})
