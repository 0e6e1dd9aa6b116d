import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { type DocumentId, FileId, randomId } from '@weft/shared/kit'
import { presenceChannel, ServerWord } from '@weft/shared/sync'
import { afterEach, expect, test } from 'vitest'
import { diskContents } from '../src/files/contents/diskContents.ts'
import { createUpkeep } from '../src/files/upkeep.ts'
import { jpeg, png } from './filePictures.ts'
import { startTeam, type TestPerson, type TestServer, type TestServerOptions } from './harness.ts'
import { joinChannel } from './rawClient.ts'

const servers: TestServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function team(options: TestServerOptions = {}) {
  const made = await startTeam(options)
  servers.push(made.server)
  const { ann, workspaceId } = made
  const document = async (title = 'Looms', by = ann): Promise<DocumentId> =>
    (await by.api.documents.create({ workspaceId, title })).id
  return { ...made, document, documentId: await document() }
}

const newId = (): FileId => FileId.parse(randomId())

const send = (person: TestPerson, documentId: string, bytes: Buffer, fileId: string = newId(), name = 'loom.png') =>
  person.fetch(`/api/v1/documents/${documentId}/files/${fileId}?name=${encodeURIComponent(name)}`, {
    method: 'PUT',
    // What the sender calls it decides nothing.
    headers: { 'content-type': 'text/html' },
    body: new Uint8Array(bytes),
  })
const load = (person: TestPerson, fileId: string, headers: Record<string, string> = {}) =>
  person.fetch(`/api/v1/files/${fileId}`, { headers })
const idOf = async (response: Response): Promise<string> => ((await response.json()) as { id: string }).id

/** What lies on disk, without what is not whole yet. */
async function onDisk(server: TestServer): Promise<string[]> {
  const directory = join(server.dataDir, 'files')
  const folders = (await readdir(directory)).filter((name) => name.length === 2)
  return (await Promise.all(folders.map((name) => readdir(join(directory, name))))).flat()
}

test('a picture is kept under the id that its page made, and served as nothing but a picture', async () => {
  const { ann, documentId } = await team()
  const fileId = newId()
  const sent = await send(ann, documentId, png(8, 4), fileId, 'loom "1".png')
  expect([sent.status, await sent.json()]).toEqual([
    200,
    { id: fileId, type: 'image/png', bytes: png(8, 4).length, name: 'loom "1".png' },
  ])

  const got = await load(ann, fileId)
  expect(Buffer.from(await got.arrayBuffer())).toEqual(png(8, 4))
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(png(8, 4).length),
    'content-disposition': `inline; filename="picture.png"; filename*=UTF-8''loom%20%221%22.png`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cache-control': 'private, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(got.headers.get('vary')).toMatch(/cookie/i)
  const again = await load(ann, fileId, { 'if-none-match': got.headers.get('etag') ?? '' })
  expect(again.status).toBe(304)
})

test('[EVENT-4] sending a picture again changes nothing; another one under its id is refused', async () => {
  const { ann, joins, documentId, server, workspaceId } = await team()
  const ben = await joins('Ben', 'member')
  const fileId = newId()
  expect((await send(ann, documentId, png(), fileId)).status).toBe(200)
  const count = async () =>
    (await server.app.storage.read.selectFrom('events').where('scope', '=', workspaceId).selectAll().execute()).filter(
      ({ type }) => type === 'document.file-added',
    ).length
  expect(await count()).toBe(1)
  expect((await send(ann, documentId, png(), fileId)).status).toBe(200)
  expect(await count()).toBe(1)
  for (const response of [await send(ann, documentId, jpeg, fileId), await send(ben, documentId, png(), fileId)]) {
    expect([response.status, await idOf(response)]).toEqual([409, 'conflict'])
  }
  expect(await onDisk(server)).toHaveLength(2)
})

test('[ACCESS-1] whoever may write in a document sends pictures; whoever may see it sees them', async () => {
  const { ann, joins, server, documentId, workspaceId } = await team()
  const [ben, viewer, guest] = [await joins('Ben', 'member'), await joins('Vi', 'member'), await joins('Gus', 'guest')]
  const outsider = await server.signUp('Olga')
  await ann.api.documents.setAccess({ documentId, userId: viewer.account.id, role: 'view' })
  const fileId = newId()
  expect((await send(ben, documentId, png(), fileId)).status).toBe(200)
  const refusals = [
    [viewer, 403, 'not-permitted'],
    [guest, 404, 'not-found'],
    [outsider, 404, 'not-found'],
  ] as const
  for (const [person, status, id] of refusals) {
    const response = await send(person, documentId, png())
    expect([response.status, await idOf(response)]).toEqual([status, id])
  }
  for (const person of [ann, ben, viewer]) expect((await load(person, fileId)).status).toBe(200)
  for (const person of [guest, outsider]) {
    const [theirs, nothing] = [await load(person, fileId), await load(person, newId())]
    expect([theirs.status, await theirs.json()]).toEqual([nothing.status, await nothing.json()])
    expect(theirs.status).toBe(404)
  }
  expect((await fetch(`${server.url}/api/v1/files/${fileId}`)).status).toBe(401)
  expect((await fetch(`${server.url}/api/v1/documents/${documentId}/files/${newId()}`, { method: 'PUT' })).status).toBe(
    401,
  )

  await ann.api.documents.setRestricted({ documentId, restricted: true })
  expect((await load(ben, fileId)).status).toBe(404)
  await ann.api.documents.setRestricted({ documentId, restricted: false })
  await ann.api.documents.remove({ documentId })
  expect((await load(ben, fileId)).status).toBe(404)
  await ann.api.documents.restore({ documentId })
  expect((await load(ben, fileId)).status).toBe(200)
  expect(await ann.api.workspaces.list()).toEqual([expect.objectContaining({ id: workspaceId })])
})

test('[ACCESS-1] a picture that is copied into another document is seen there by whoever may see that one', async () => {
  const { ann, joins, documentId, document } = await team()
  const ben = await joins('Ben', 'member')
  await ann.api.documents.setRestricted({ documentId, restricted: true })
  const fileId = FileId.parse(await idOf(await send(ann, documentId, png())))
  const open = await document('For all')
  // Knowing the id is not enough.
  await expect(ben.api.files.attach({ documentId: open, fileId })).rejects.toMatchObject({ id: 'not-found' })
  await expect(ann.api.files.attach({ documentId: open, fileId: newId() })).rejects.toMatchObject({ id: 'not-found' })
  expect((await load(ben, fileId)).status).toBe(404)
  const { seq } = await ann.api.files.attach({ documentId: open, fileId })
  expect((await load(ben, fileId)).status).toBe(200)
  expect((await ann.api.files.attach({ documentId: open, fileId })).seq).toBeGreaterThanOrEqual(seq)
})

test('[LIMIT-1] size, content and room are bounded, with a word each and nothing left on disk', async () => {
  const { ann, documentId, document, server } = await team({ limits: { fileBytes: 2_000, workspaceFileBytes: 150 } })
  const answer = async (bytes: Buffer) => {
    const response = await send(ann, documentId, bytes)
    return [response.status, await idOf(response)]
  }
  expect(await answer(Buffer.alloc(2_001))).toEqual([413, 'too-large'])
  expect(await answer(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual([400, 'invalid-input'])
  expect(await answer(Buffer.alloc(0))).toEqual([400, 'invalid-input'])
  expect(await onDisk(server)).toEqual([])

  const small = png()
  expect(small.length).toBeLessThan(75)
  expect((await send(ann, documentId, small)).status).toBe(200)
  const fileId = FileId.parse(await idOf(await send(ann, documentId, png(1, 1, 9))))
  expect(await answer(png(1, 1, 5))).toEqual([507, 'workspace-full'])
  // What is there already takes no more room in another document.
  await ann.api.files.attach({ documentId: await document('Second'), fileId })
})

test('[LIMIT-1] a body without its length is cut at the bound', async () => {
  const { ann, documentId, server } = await team({ limits: { fileBytes: 2_000 } })
  const endless = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(500))
    },
  })
  const init = { method: 'PUT', body: endless, duplex: 'half' } as RequestInit
  const response = await ann.fetch(`/api/v1/documents/${documentId}/files/${newId()}`, init).catch(() => null)
  if (response !== null) expect(response.status).toBe(413)
  expect(await onDisk(server)).toEqual([])
})

test('[LIMIT-1] too many files a minute', async () => {
  const { ann, documentId } = await team({ limits: { filesPerMinute: 2 } })
  const statuses: number[] = []
  for (let i = 0; i < 3; i++) statuses.push((await send(ann, documentId, png(1, 1, i))).status)
  expect(statuses).toEqual([200, 200, 429])
})

test('[LIMIT-1] so many arrive at once, and no more are held in memory', async () => {
  const { ann, documentId, server } = await team()
  const begin = () =>
    request(`${server.url}/api/v1/documents/${documentId}/files/${newId()}`, {
      method: 'PUT',
      headers: { cookie: ann.cookie, origin: server.url, 'content-length': 1_000 },
    })
  const refused = Promise.withResolvers<number | undefined>()
  // One more than is taken, none of which ends: the last to come is refused.
  const begun = Array.from({ length: 17 }, begin)
  for (const each of begun) {
    each.on('error', () => {})
    each.on('response', ({ statusCode }) => refused.resolve(statusCode))
    each.flushHeaders()
  }
  expect(await refused.promise).toBe(429)
  expect((await send(ann, documentId, png())).status).toBe(429)
  for (const each of begun) each.destroy()
  await expect.poll(async () => (await send(ann, documentId, png())).status, { timeout: 60_000 }).toBe(200)
}, 150_000)

test('a disk that does not take a picture is told, nothing is left of it, and the next one is taken', async () => {
  const { ann, documentId, server } = await team()
  const directory = join(server.dataDir, 'files')
  // As root no permission stops a write: a file stands where the folder for drafts was.
  await rename(join(directory, 'incoming'), join(server.dataDir, 'aside'))
  await writeFile(join(directory, 'incoming'), '')
  const fileId = newId()
  const response = await send(ann, documentId, png(), fileId)
  expect([response.status, await idOf(response)]).toEqual([503, 'storage-stopped'])
  expect((await load(ann, fileId)).status).toBe(404)
  expect(await onDisk(server)).toEqual([])
  await rm(join(directory, 'incoming'))
  await rename(join(server.dataDir, 'aside'), join(directory, 'incoming'))
  expect((await send(ann, documentId, png(), fileId)).status).toBe(200)
})

test('what a killed process left is removed, with the pictures of documents that are gone for good, once it is old', async () => {
  const { ann, documentId, document, server } = await team()
  const { storage } = server.app
  const directory = join(server.dataDir, 'files')
  const other = await document('Other')
  const shared = FileId.parse(await idOf(await send(ann, documentId, png(1, 1, 1))))
  await ann.api.files.attach({ documentId: other, fileId: shared })
  await send(ann, documentId, png(1, 1, 2))
  await storage.transaction((tx) => tx.deleteFrom('documents').where('id', '=', documentId).execute())
  await mkdir(join(directory, 'incoming'), { recursive: true })
  await writeFile(join(directory, 'incoming', 'half'), 'half')

  const contents = await diskContents(directory)
  expect(await readdir(join(directory, 'incoming'))).toEqual([])
  const log = { info: () => {}, warn: () => {} } as never
  const sweepAt = (now: number) => createUpkeep({ storage, log, contents, clock: { now: () => now } }).sweep()
  await sweepAt(Date.now())
  expect(await onDisk(server)).toHaveLength(2)
  await sweepAt(Date.now() + 8 * 24 * 3_600_000)
  expect(await onDisk(server)).toHaveLength(1)
  expect((await load(ann, shared)).status).toBe(200)
})

test('a picture whose bytes are missing after a restore is like none, and the server lives', async () => {
  const { ann, documentId, server } = await team()
  const fileId = await idOf(await send(ann, documentId, png()))
  for (const folder of await readdir(join(server.dataDir, 'files')))
    if (folder.length === 2) await rm(join(server.dataDir, 'files', folder), { recursive: true })
  const response = await load(ann, fileId)
  expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store'])
})

test('members hear that a picture has arrived, without which', async () => {
  const { ann, documentId, server, workspaceId } = await team()
  const { client } = await joinChannel(server.syncUrl, presenceChannel(workspaceId), ann)
  await send(ann, documentId, png())
  const words = () => client.of('stateless').map(({ text }) => ServerWord.parse(JSON.parse(text)))
  await client.until('the word', () => words().some((word) => word.type === 'changed' && word.topics.includes('files')))
  expect(JSON.stringify(words())).not.toContain(documentId)
  await client.end()
})
