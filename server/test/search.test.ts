import { join } from 'node:path'
import type { DocumentId } from '@weft/shared/kit'
import type { MarkedText, SearchFilter } from '@weft/shared/search'
import { documentChannel } from '@weft/shared/sync'
import { fields } from '@weft/shared/text'
import Connection from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { personWith, startTeam, type TestPerson, type TestServer } from './harness.ts'
import { joinChannel, type RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

const servers: TestServer[] = []
const clients: RawClient[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** What takes a second or two, on a busy machine. */
const patience = { timeout: 45_000, interval: 50 }
const marked = ({ text, marks }: MarkedText) => marks.map(([start, end]) => text.slice(start, end))

async function started() {
  const team = await startTeam()
  servers.push(team.server)
  const { ann, workspaceId } = team
  const create = async (title: string, more: { markdown?: string; parentId?: DocumentId; kind?: 'plain' } = {}) =>
    (await ann.api.documents.create({ workspaceId, title, ...more })).id as DocumentId
  const find = async (person: TestPerson, query: string, filter: SearchFilter = {}) => {
    const { hits } = await person.api.search.documents({ workspaceId, query, ...filter })
    return hits.map(({ documentId }) => documentId)
  }
  const found = (person: TestPerson, query: string, filter: SearchFilter = {}) =>
    expect.poll(() => find(person, query, filter), patience)
  return { ...team, create, find, found }
}

/** Types paragraphs into a document, each acknowledged. */
async function writer(server: TestServer, documentId: DocumentId, person: TestPerson) {
  const { client, address, doc } = await joinChannel(server.syncUrl, documentChannel(documentId), person)
  clients.push(client)
  return async (change: (doc: Y.Doc) => void): Promise<void> => {
    const answered = client.statuses.length
    client.update(address, edit(doc, change))
    await client.until('the acknowledgement', () => client.statuses.length > answered)
  }
}
const addParagraph = (text: string) => (doc: Y.Doc) => {
  const block = new Y.XmlElement('paragraph')
  block.insert(0, [new Y.XmlText(text)])
  doc.getXmlFragment(fields.body).push([block])
}

test('what is typed, created and renamed is found by its words, with marks and without what it was before', async () => {
  const { server, ann, joins, workspaceId, create, find, found } = await started()
  const ben = await joins('Ben', 'member')
  const loom = await create('The loom', { markdown: 'It has *warp* and weft.' })
  const notes = await create('Notes', { kind: 'plain', markdown: 'plain words' })
  await found(ben, 'weft warp').toEqual([loom])
  await found(ben, '"plain words"').toEqual([notes])

  const write = await writer(server, loom, ann)
  await write(addParagraph('Gül bringt Fäden'))
  await found(ben, 'faden gul').toEqual([loom])
  await write((doc) => doc.getXmlFragment(fields.body).delete(0, doc.getXmlFragment(fields.body).length - 1))
  await found(ben, 'weft').toEqual([])

  await ben.api.documents.rename({ documentId: loom, title: 'Webstuhl' })
  await found(ben, 'web').toEqual([loom])
  expect(await find(ben, 'loom')).toEqual([])
  const { hits, next } = await ben.api.search.documents({ workspaceId, query: 'webstuhl fad' })
  expect(next).toBeNull()
  expect(hits).toEqual([
    {
      documentId: loom,
      title: { text: 'Webstuhl', marks: [[0, 8]] },
      excerpt: { text: 'Gül bringt Fäden', marks: [[11, 16]] },
      kind: 'rich',
      updatedAt: expect.any(Number),
    },
  ])
})

test('[ACCESS-1] what is moved into the trash, restricted or shared is found by those who may see it, at once', async () => {
  const { ann, joins, create, find, found } = await started()
  const [ben, gus] = [await joins('Ben', 'member'), await joins('Gus', 'guest')]
  const above = await create('Above', { markdown: 'bobbin' })
  const below = await create('Below', { markdown: 'bobbin', parentId: above })
  await found(ann, 'bobbin').toHaveLength(2)
  expect(await find(gus, 'bobbin')).toEqual([])

  await ann.api.documents.setRestricted({ documentId: above, restricted: true })
  expect(await find(ben, 'bobbin')).toEqual([])
  await ann.api.documents.setAccess({ documentId: below, userId: gus.account.id, role: 'view' })
  await ann.api.documents.setAccess({ documentId: below, userId: ben.account.id, role: 'view' })
  for (const person of [ben, gus]) expect(await find(person, 'bobbin')).toEqual([below])

  await ann.api.documents.remove({ documentId: above })
  for (const person of [ann, ben, gus]) expect(await find(person, 'bobbin')).toEqual([])
  await ann.api.documents.restore({ documentId: above })
  expect(await find(ann, 'bobbin')).toHaveLength(2)
  expect(await find(ben, 'bobbin')).toEqual([below])
})

test('filters: who has written, when, where, and of which kind', async () => {
  const { server, ann, joins, create, find, found } = await started()
  const ben = await joins('Ben', 'member')
  const above = await create('Above', { markdown: 'heddle' })
  const below = await create('Below', { markdown: 'heddle', parentId: above })
  const plain = await create('Plain', { markdown: 'heddle', kind: 'plain' })
  const write = await writer(server, below, ben)
  await write(addParagraph('shuttle'))
  await found(ann, 'heddle', { authorId: ben.account.id }).toEqual([below])
  expect((await find(ann, 'heddle', { authorId: ann.account.id })).toSorted()).toEqual([above, below, plain].toSorted())
  expect((await find(ann, 'heddle', { below: above })).toSorted()).toEqual([above, below].toSorted())
  expect(await find(ann, 'heddle', { below, authorId: ben.account.id, kind: 'rich' })).toEqual([below])
  expect(await find(ann, 'heddle', { kind: 'plain' })).toEqual([plain])
  const { updatedAt } = await ann.api.documents.get({ documentId: plain })
  expect(await find(ann, 'heddle', { from: updatedAt, until: updatedAt + 1 })).toContain(plain)
  expect(await find(ann, 'heddle', { until: updatedAt })).not.toContain(plain)
  expect(await find(ann, 'heddle', { from: updatedAt + 1 })).not.toContain(plain)
})

test('pages follow one another, and nothing that is typed is an error', async () => {
  const { ann, workspaceId, create, found } = await started()
  const all: DocumentId[] = []
  for (let n = 0; n < 7; n++) all.push(await create(`Spindle ${n}`))
  await found(ann, 'spindle').toHaveLength(7)
  const seen: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await ann.api.search.documents({ workspaceId, query: 'spin', limit: 3, ...(cursor ? { cursor } : {}) })
    seen.push(...page.hits.map(({ documentId }) => documentId))
    if (page.next === null) break
    cursor = page.next
  }
  expect(seen.toSorted()).toEqual(all.toSorted())
  expect(new Set(seen).size).toBe(7)
  const wrong = ann.api.search.documents({ workspaceId, query: 'spin', cursor: '1.x' })
  await expect(wrong).rejects.toMatchObject({ id: 'invalid-input' })
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc
      .array(fc.constantFrom('"', '*', '(', ')', 'AND', 'NEAR(', ':', '^', '-', '\0', ' ', 'spin'), { maxLength: 12 })
      .map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(typed, async (query) => {
      const page = await ann.api.search.documents({ workspaceId, query: query.toWellFormed() })
      expect(page.hits.length).toBeLessThanOrEqual(7)
    }),
    { numRuns: 100 },
  )
})

test('a long document is found by words anywhere in it, also by what is written into it later', async () => {
  const { server, ann, create, workspaceId, found } = await started()
  const lines = Array.from({ length: 4_000 }, (_, n) => `Line ${n} speaks of thread and of spool${n}, once more.`)
  const long = await create('Long', { markdown: lines.join('\n\n') })
  await found(ann, 'long spool3').toEqual([long])
  await found(ann, 'long spool3999').toEqual([long])
  const write = await writer(server, long, ann)
  await write(addParagraph('the last of all distaffs'))
  await found(ann, 'last distaffs').toEqual([long])
  const { hits } = await ann.api.search.documents({ workspaceId, query: 'spool2000' })
  expect(hits.flatMap(({ excerpt }) => (excerpt === null ? [] : marked(excerpt)))).toEqual(['spool2000'])
})

/** The same person, still signed in, on a server that was started again. */
const personAt = (server: TestServer, { name, cookie }: TestPerson) => personWith(server.url, server.url, name, cookie)

test('after a restart is found what nobody had indexed, and all of it again when it is read in another way', async () => {
  const { server, ann, create, find, found } = await started()
  const [one, other] = [await create('One', { markdown: 'carder' }), await create('Other', { markdown: 'comber' })]
  await found(ann, 'carder').toEqual([one])
  await found(ann, 'comber').toEqual([other])
  // On disk, and the process ended before anybody looked.
  const doc = new Y.Doc()
  const update = edit(doc, addParagraph('spinner'))
  const { head } = await server.app.storage.loadText(one)
  await server.app.storage.appendJournal([
    { documentId: one, seq: head + 1, update, authorId: ann.account.id, at: Date.now() },
  ])
  const second = await server.restart()
  servers.splice(0, servers.length, second)
  const annAgain = await personAt(second, ann)
  await found(annAgain, 'spinner').toEqual([one])
  expect(await find(annAgain, 'comber')).toEqual([other])

  await second.app.storage.transaction(async (tx) => {
    await tx.updateTable('search_positions').set({ version: 0 }).execute()
    await tx.updateTable('search_parts').set({ body: 'nothing' }).execute()
  })
  expect(await find(annAgain, 'comber')).toEqual([])
  const third = await second.restart()
  servers.splice(0, servers.length, third)
  const annOnceMore = await personAt(third, ann)
  await found(annOnceMore, 'comber').toEqual([other])
  await found(annOnceMore, 'spinner').toEqual([one])
  expect(await find(annOnceMore, 'nothing')).toEqual([])
})

test('[SAVE-7] a text that cannot be read is found by its title, and keeps no other from being found', async () => {
  const { server, ann, create, find, found, workspaceId } = await started()
  const damaged = await create('Damaged', { markdown: 'ripple' })
  await found(ann, 'ripple').toEqual([damaged])
  await server.app.close()
  const db = new Connection(join(server.dataDir, 'weft.db'))
  db.prepare('update journal set "update" = x\'ffffffff\', crc = null where document_id = ?').run(damaged)
  db.prepare('delete from search_positions').run()
  db.close()
  const second = await server.restart()
  servers.splice(0, servers.length, second)
  const annAgain = await personAt(second, ann)
  const whole = await annAgain.api.documents.create({ workspaceId, title: 'Whole', markdown: 'ripple' })
  await found(annAgain, 'ripple').toEqual([whole.id])
  expect(await find(annAgain, 'damaged')).toEqual([damaged])
})

test('[ACCESS-3] a document below which is looked must be theirs to see, and of this workspace', async () => {
  const { ann, joins, create, workspaceId } = await started()
  const ben = await joins('Ben', 'member')
  const hidden = await create('Hidden')
  await ann.api.documents.setRestricted({ documentId: hidden, restricted: true })
  const elsewhere = (await ann.api.workspaces.create({ name: 'Elsewhere' })).id
  const there = await ann.api.documents.create({ workspaceId: elsewhere, title: 'There' })
  const refused = { id: 'not-found', message: 'There is no such document, or it is not shared with you.' }
  const below = (person: TestPerson, documentId: DocumentId) =>
    person.api.search.documents({ workspaceId, query: 'x', below: documentId })
  await expect(below(ben, hidden)).rejects.toMatchObject(refused)
  await expect(below(ann, there.id as DocumentId)).rejects.toMatchObject(refused)
  expect((await below(ann, hidden)).hits).toEqual([])
})

test('search is in the OpenAPI document', async () => {
  const { server } = await started()
  const api = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
  expect(
    api.paths['/workspaces/{workspaceId}/search'].get.parameters.map(({ name }: { name: string }) => name),
  ).toEqual(expect.arrayContaining(['query', 'authorId', 'from', 'until', 'below', 'kind', 'cursor', 'limit']))
})
