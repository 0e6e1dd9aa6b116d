import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { fields } from '@weft/shared/text'
import Connection from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { TestPerson } from './harness.ts'
import { enter, killMains, startMain } from './mainProcess.ts'
import { joinChannel } from './rawClient.ts'
import { edit } from './syncServer.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weft-search-'))
})
afterEach(async () => {
  killMains()
  await rm(dataDir, { recursive: true, force: true })
})

const patience = { timeout: 60_000, interval: 50 }
const rounds = 3
const paragraphs = 60

async function find({ api }: TestPerson, workspaceId: WorkspaceId, query: string): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await api.search.documents({ workspaceId, query, limit: 50, ...(cursor ? { cursor } : {}) })
    found.push(...page.hits.map(({ documentId }) => documentId))
    if (page.next === null) return found.toSorted()
    cursor = page.next
  }
}

function indexedNow(): number {
  const db = new Connection(join(dataDir, 'weft.db'), { readonly: true })
  const count = db.prepare<[], number>('select count(*) from search_positions').pluck().get() ?? 0
  db.close()
  return count
}

test('kills between an edit and its indexing, and in the middle of indexing, leave all that was acknowledged to be found', async () => {
  const documents: DocumentId[] = []
  let workspaceId = '' as WorkspaceId
  for (let round = 0; round < rounds; round++) {
    const main = startMain(dataDir)
    const url = await main.running()
    const ann = await enter(url, round === 0 ? 'sign-up' : 'sign-in')
    if (round === 0) workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id as WorkspaceId
    const markdown = 'thread of the spool\n\n'.repeat(paragraphs)
    const before = indexedNow()
    const creating = Array.from({ length: 12 }, async (_, n) => {
      const { id } = await ann.api.documents.create({ workspaceId, title: `Round ${round} ${n}`, markdown })
      documents.push(id as DocumentId)
    })
    await Promise.all(creating)
    const documentId = documents.at(-1) as DocumentId
    const { client, address, doc } = await joinChannel(
      `${url.replace('http', 'ws')}/sync`,
      documentChannel(documentId),
      ann,
    )
    const answered = client.statuses.length
    const block = new Y.XmlElement('paragraph')
    block.insert(0, [new Y.XmlText(`acknowledged${round}`)])
    client.update(
      address,
      edit(doc, (text) => text.getXmlFragment(fields.body).push([block])),
    )
    await client.until('the acknowledgement', () => client.statuses.length > answered)
    // Some of them are indexed, and the edit waits for the typing to end.
    if (round > 0) await expect.poll(indexedNow, { ...patience, interval: 1 }).toBeGreaterThan(before)
    await main.kill()
    await client.end()
  }

  const ann = await enter(await startMain(dataDir).running(), 'sign-in')
  await expect.poll(() => find(ann, workspaceId, '"thread of the spool"'), patience).toEqual(documents.toSorted())
  for (let round = 0; round < rounds; round++) {
    await expect.poll(() => find(ann, workspaceId, `acknowledged${round}`), patience).toHaveLength(1)
  }
  killMains()
  const db = new Connection(join(dataDir, 'weft.db'))
  // Throws where the index and what it was made of differ.
  db.prepare("insert into search_index (search_index, rank) values ('integrity-check', 1)").run()
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
}, 240_000)
