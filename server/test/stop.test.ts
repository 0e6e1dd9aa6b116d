import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DocumentId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { setTitle } from '@weft/shared/text'
import Connection from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cookieOf, emailOf, password, personWith } from './harness.ts'
import { killMains, startMain } from './mainProcess.ts'
import { RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

let dataDir = ''
const clients: RawClient[] = []
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weft-stop-'))
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  killMains()
  await rm(dataDir, { recursive: true, force: true })
})

/** Ann, a document of hers, and a client that writes it. */
async function writing() {
  const main = startMain(dataDir)
  const url = await main.running()
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ann', email: emailOf('Ann'), password }),
  })
  const ann = await personWith(url, url, 'Ann', cookieOf(response))
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  const { id } = await ann.api.documents.create({ workspaceId, title: 'Before' })
  const client = new RawClient(`${url.replace('http', 'ws')}/sync`)
  clients.push(client)
  const address = `${documentChannel(DocumentId.parse(id))}\0s`
  const doc = await client.join(address, await ann.token())
  const retitle = (title: string) =>
    client.update(
      address,
      edit(doc, (text) => setTitle(text, title)),
    )
  return { main, client, retitle }
}

/** The rows of the journal, and whether the file is sound. */
function onDisk(): { rows: number; integrity: unknown } {
  const file = new Connection(join(dataDir, 'weft.db'), { readonly: true })
  const rows = file.prepare<[], number>('select count(*) from journal').pluck().get() ?? 0
  const integrity = file.pragma('integrity_check', { simple: true })
  file.close()
  return { rows, integrity }
}

test('[SAVE-1] SIGTERM while people type: what is acknowledged is on disk, and the process ends with 0', async () => {
  const { main, client, retitle } = await writing()
  const { rows } = onDisk()
  for (let n = 0; n < 100; n++) retitle(`After ${n}`)
  await client.until('a first answer', () => client.statuses.length > 1)
  main.child.kill('SIGTERM')
  expect(await main.ended).toMatchObject({ code: 0, err: '' })
  expect((await client.socketClose()).reason).toBe('server-restarting')
  expect(client.statuses.every((applied) => applied)).toBe(true)
  const after = onDisk()
  expect(after.integrity).toBe('ok')
  expect(after.rows - rows).toBeGreaterThanOrEqual(client.statuses.length - 1)
})

/** Three times what a stop takes at most, on a machine that is busy. Ms. */
const endsWithin = 3 * 10_000

test('[SAVE-4] SIGTERM while the disk takes nothing: nothing is acknowledged, and the process ends all the same', async () => {
  const { main, client, retitle } = await writing()
  const other = new Connection(join(dataDir, 'weft.db'))
  other.exec('BEGIN IMMEDIATE')
  retitle('Never')
  await client.until('the word', () => client.of('stateless').some(({ text }) => text.includes('"stopped"')))
  main.child.kill('SIGTERM')
  const late = new Promise((resolve) => setTimeout(resolve, endsWithin, 'it hangs').unref())
  expect(await Promise.race([main.ended, late])).toMatchObject({ code: expect.any(Number) })
  other.exec('ROLLBACK')
  other.close()
  expect(client.statuses).toEqual([true])
  expect(onDisk().integrity).toBe('ok')
})
