import { ActivityEntry } from '@weft/shared/activity'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { afterEach, expect, test, vi } from 'vitest'
import { csvCell } from '../src/activity/exportFormats.ts'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

const servers: TestServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function started() {
  const server = await startTestServer({ config: { signUp: 'open' } })
  servers.push(server)
  const ann = await server.signUp('Ann, "the" Weaver')
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id as WorkspaceId
  const ben = await server.signUp('Ben')
  await ben.api.workspaces.acceptInvite(await ann.api.workspaces.invite({ workspaceId }))
  const create = async (title: string) => (await ann.api.documents.create({ workspaceId, title })).id as DocumentId
  const file = (person: TestPerson, query: string) =>
    person.fetch(`/api/v1/workspaces/${workspaceId}/activity/export?${query}`)
  /** Once the history has so many lines. */
  const settled = (count: number) =>
    vi.waitFor(
      async () => expect((await ann.api.activity.list({ workspaceId, limit: 200 })).entries).toHaveLength(count),
      { timeout: 30_000, interval: 20 },
    )
  return { server, ann, ben, workspaceId, create, file, settled }
}

/** A reader of RFC 4180, by its grammar. */
function readCsv(text: string): string[][] {
  return [...text.matchAll(/(?:(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n))+?(?<=\r\n)/g)].map(([line]) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n)/g)].map(([, cell = '']) =>
      cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    ),
  )
}

test('the history is a file for spreadsheets, in which no title calculates anything', async () => {
  const { ann, create, file, settled } = await started()
  const titles = ['=1+1', '@SUM(A1)', '-2+3', '+1', 'Plain, with "quotes"', '=HYPERLINK("http://x")']
  const ids: DocumentId[] = []
  for (const title of titles) ids.push(await create(title))
  await settled(2 + titles.length)
  const answer = await file(ann, 'format=csv')
  expect(answer.headers.get('content-type')).toMatch(/^text\/csv/)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="activity.csv"')
  const [head, ...lines] = readCsv(await answer.text())
  expect(head?.slice(0, 7)).toEqual(['seq', 'time', 'type', 'actor', 'actorId', 'document', 'documentId'])
  const created = lines.filter((cells) => cells[2] === 'document.created').toReversed()
  expect(created.map((cells) => cells[6])).toEqual(ids)
  expect(created.map((cells) => cells[5])).toEqual([
    "'=1+1",
    "'@SUM(A1)",
    "'-2+3",
    "'+1",
    'Plain, with "quotes"',
    `'=HYPERLINK("http://x")`,
  ])
  for (const cells of lines) {
    expect(cells).toHaveLength(head?.length ?? 0)
    expect(new Date(cells[1] ?? '').toISOString()).toBe(cells[1])
  }
  expect(created[0]?.[3]).toBe('Ann, "the" Weaver')
  expect(['\t=1', '\r=1', 'a=1', '', null, -3, true].map(csvCell)).toEqual([
    "'\t=1",
    `"'\r=1"`,
    'a=1',
    '',
    '',
    '-3',
    'true',
  ])
})

test('the history is a file for programs: all of it, however long, and what the filter asks for', async () => {
  const { server, ann, workspaceId, create, file, settled } = await started()
  const documentId = await create('Warp')
  await settled(3)
  const row = { workspace_id: workspaceId, audience_id: workspaceId, type: 'document.edited', actor_id: ann.account.id }
  const rows = Array.from({ length: 750 }, (_, n) => ({
    ...row,
    seq: 1_000 + n,
    at: n,
    document_id: documentId,
    subject_id: null,
    detail: '{"edits":2}',
  }))
  await server.app.storage.transaction((tx) => tx.insertInto('activity').values(rows).execute())
  const read = async (query: string) => {
    const answer = await file(ann, `format=jsonl&${query}`)
    expect(answer.status).toBe(200)
    return (await answer.text())
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  }
  const all = await read('')
  expect(all).toHaveLength(753)
  expect(all.map(({ seq }) => seq).slice(3)).toEqual(rows.map(({ seq }) => seq).toReversed())
  expect(all[3]).toMatchObject({ document: 'Warp', actor: 'Ann, "the" Weaver', subject: null, detail: { edits: 2 } })
  for (const line of all) expect(ActivityEntry.safeParse(line).success).toBe(true)
  expect(await read('types=document.created')).toHaveLength(1)
  expect(await read('from=100&until=200')).toHaveLength(100)
  expect(await read('search=warp&until=10')).toHaveLength(10)
})

test('[ACCESS-3] nobody takes along what they may not see', async () => {
  const { server, ann, ben, workspaceId, create, file, settled } = await started()
  const secret = await create('Secret')
  await ann.api.documents.setRestricted({ documentId: secret, restricted: true })
  await settled(4)
  for (const format of ['csv', 'jsonl']) {
    const text = await (await file(ben, `format=${format}`)).text()
    expect(text).toContain(ben.account.id)
    expect(text).not.toContain(secret)
    expect(text).not.toContain('Secret')
  }
  expect((await file(ben, `documentId=${secret}`)).status).toBe(404)
  const eve = await server.signUp('Eve')
  expect((await file(eve, 'format=csv')).status).toBe(404)
  expect((await file(ben, 'format=xml')).status).toBe(400)
  expect((await file(ben, 'from=yesterday')).status).toBe(400)
  expect((await fetch(`${server.url}/api/v1/workspaces/${workspaceId}/activity/export`)).status).toBe(401)
  const described = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
  for (const name of ['export', 'stream']) {
    expect(described.paths[`/workspaces/{workspaceId}/activity/${name}`].get.parameters[0].name).toBeTruthy()
  }
})
