import { connect, type Socket } from 'node:net'
import { type ActivityEntry, ActivityEntry as Entry } from '@weft/shared/activity'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { afterEach, expect, test, vi } from 'vitest'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

const servers: TestServer[] = []
const readers: Reader[] = []
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.leave()
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const patience = { timeout: 30_000, interval: 10 }

async function started(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer({ config: { signUp: 'open' }, ...options })
  servers.push(server)
  const ann = await server.signUp('Ann')
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id as WorkspaceId
  const ben = await server.signUp('Ben')
  await ben.api.workspaces.acceptInvite(await ann.api.workspaces.invite({ workspaceId }))
  const create = async (title: string) => (await ann.api.documents.create({ workspaceId, title })).id as DocumentId
  return { server, ann, ben, workspaceId, create, path: `/api/v1/workspaces/${workspaceId}/activity/stream` }
}

/** Reads a stream of server-sent events until it ends. */
class Reader {
  readonly entries: ActivityEntry[] = []
  readonly ids: string[] = []
  comments = 0
  over = false
  readonly #abort = new AbortController()

  static async open(person: TestPerson, path: string, headers: Record<string, string> = {}): Promise<Reader> {
    const reader = new Reader()
    readers.push(reader)
    const response = await person.fetch(path, { headers, signal: reader.#abort.signal })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    reader
      .#read(response)
      .catch(() => undefined)
      .finally(() => {
        reader.over = true
      })
    return reader
  }

  leave(): void {
    this.#abort.abort()
  }

  async #read(response: Response): Promise<void> {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) this.#take(event)
    }
  }

  #take(event: string): void {
    const fields = new Map(event.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]))
    if (fields.has('')) this.comments++
    const data = fields.get('data')
    if (data === undefined) return
    this.entries.push(Entry.parse(JSON.parse(data)))
    this.ids.push(fields.get('id') ?? '')
  }
}

const documentsIn = (reader: Reader) =>
  reader.entries.filter(({ type }) => type === 'document.created').map(({ documentId }) => documentId)

test('what was missed comes first, then what happens, without a gap and without a repeat', async () => {
  const { ben, path, create } = await started()
  const made = [await create('one'), await create('two')]
  const early = await Reader.open(ben, path, { 'last-event-id': '0' })
  await vi.waitFor(() => expect(documentsIn(early)).toEqual(made), patience)
  made.push(await create('three'))
  await vi.waitFor(() => expect(documentsIn(early)).toEqual(made), patience)
  early.leave()

  // Many readers that come while much happens, each from another place.
  const joining: Promise<Reader>[] = []
  for (let n = 0; n < 30; n++) {
    made.push(await create(`more ${n}`))
    if (n % 5 === 0) joining.push(Reader.open(ben, path, { 'last-event-id': early.ids.at(-1) ?? '' }))
  }
  for (const reader of await Promise.all(joining)) {
    await vi.waitFor(() => expect(documentsIn(reader)).toEqual(made.slice(3)), patience)
    const seqs = reader.entries.map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b))
    expect(reader.ids).toEqual(seqs.map(String))
  }
})

test('without a last id it begins with what is new; a query does where the header cannot be sent', async () => {
  const { ben, path, create } = await started()
  await create('before')
  const reader = await Reader.open(ben, path)
  const after = await create('after')
  await vi.waitFor(() => expect(documentsIn(reader)).toContain(after), patience)
  expect(documentsIn(reader)).not.toHaveLength(0)
  const all = await Reader.open(ben, `${path}?lastEventId=0`)
  await vi.waitFor(() => expect(documentsIn(all)).toHaveLength(2), patience)
})

test('[ACCESS-2] [ACCESS-5] a stream holds what its reader may see, and ends with their membership', async () => {
  const { server, ann, ben, workspaceId, path, create } = await started()
  const eve = await server.signUp('Eve')
  for (const [person, status] of [
    [eve, 404],
    [null, 401],
  ] as const) {
    const answer = await (person ?? { fetch: (to: string) => fetch(`${server.url}${to}`) }).fetch(path)
    expect(answer.status).toBe(status)
  }
  expect((await ben.fetch(path, { headers: { 'last-event-id': 'x' } })).status).toBe(400)

  const [his, hers] = [await Reader.open(ben, path), await Reader.open(ann, path)]
  const secret = await create('secret')
  await vi.waitFor(() => expect(documentsIn(his)).toEqual([secret]), patience)
  await ann.api.documents.setRestricted({ documentId: secret, restricted: true })
  await ann.api.documents.rename({ documentId: secret, title: 'more secret' })
  const open = await create('open')
  await vi.waitFor(() => expect(documentsIn(his)).toEqual([secret, open]), patience)
  expect(his.entries.map(({ type }) => type)).toEqual(['document.created', 'document.created'])
  await vi.waitFor(
    () => expect(hers.entries.map(({ type }) => type)).toContain('document.restriction-changed'),
    patience,
  )

  await ann.api.workspaces.removeMember({ workspaceId, userId: ben.account.id })
  await vi.waitFor(() => expect(his.over).toBe(true), patience)
  await create('later')
  expect(documentsIn(his)).toHaveLength(2)
  expect(hers.over).toBe(false)
})

test('a sign of life comes, as long as the reader is signed in', async () => {
  const { ben, path } = await started()
  const reader = await Reader.open(ben, path)
  await vi.waitFor(() => expect(reader.comments).toBeGreaterThan(0), { timeout: 40_000, interval: 50 })
  await ben.fetch('/api/auth/sign-out', { method: 'POST' })
  await vi.waitFor(() => expect(reader.over).toBe(true), { timeout: 40_000, interval: 50 })
}, 120_000)

test('[LIMIT-2] a reader that does not read is cut off; the others get everything', async () => {
  const { server, ann, ben, workspaceId, path, create } = await started()
  // More than any buffer between here and there takes.
  const first = 1_000_000
  const row = { workspace_id: workspaceId, audience_id: workspaceId, at: 1, type: 'x'.repeat(2_000), detail: '{}' }
  for (let from = 0; from < 10_000; from += 200) {
    const rows = Array.from({ length: 200 }, (_, n) => ({
      ...row,
      seq: first + from + n,
      actor_id: null,
      document_id: null,
      subject_id: null,
    }))
    await server.app.storage.transaction((tx) => tx.insertInto('activity').values(rows).execute())
  }
  const listening = (): { socket: Socket; isClosed: () => boolean } => {
    const socket = connect(server.app.port, '127.0.0.1')
    let closed = false
    socket
      .on('error', () => undefined)
      .on('close', () => {
        closed = true
      })
    socket.write(`GET ${path}?lastEventId=0 HTTP/1.1\r\nhost: x\r\ncookie: ${ben.cookie}\r\n\r\n`)
    return { socket, isClosed: () => closed }
  }
  const [stuck, slow] = [listening(), listening()]
  stuck.socket.pause()
  slow.socket.resume()
  const reader = await Reader.open(ann, path, { 'last-event-id': String(first - 1) })
  await vi.waitFor(() => expect(reader.entries.length).toBeGreaterThanOrEqual(10_000), { timeout: 50_000 })
  await create('to both')
  expect(reader.over).toBe(false)
  // It was sent what it had missed, took nothing of it for ten seconds, and was let go. It does not read, so it notices
  // when it says something; the other one says the same, and stays.
  await vi.waitFor(
    () => {
      for (const { socket } of [stuck, slow]) socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
      expect(stuck.isClosed()).toBe(true)
    },
    { timeout: 60_000, interval: 500 },
  )
  expect(slow.isClosed()).toBe(false)
  slow.socket.destroy()
}, 200_000)
