import type { ActivityEntry } from '@weft/shared/activity'
import {
  type DocumentId,
  DocumentId as DocumentIdSchema,
  randomId,
  WeftError,
  type WorkspaceId,
} from '@weft/shared/kit'
import { documentChannel, windowChannel, windowFields } from '@weft/shared/sync'
import { setTitle } from '@weft/shared/text'
import { afterEach, expect, test, vi } from 'vitest'
import { startTeam, type startTestServer, type TestPerson, type TestServer } from './harness.ts'
import { joinChannel, RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

const clients: RawClient[] = []
const servers: TestServer[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const patience = { timeout: 30_000, interval: 20 }

/** Ann's workspace with Ben, a member, and Gus, a guest. */
async function started(options: Parameters<typeof startTestServer>[0] = {}) {
  const team = await startTeam(options, 'Ann Ärger')
  const { server, ann, workspaceId, joins } = team
  servers.push(server)
  const [ben, gus] = [await joins('Ben Weaver', 'member'), await joins('Gus', 'guest')]
  const create = async (title: string, parentId: DocumentId | null = null) =>
    (await ann.api.documents.create({ workspaceId, title, parentId })).id as DocumentId
  return { server, ann, ben, gus, workspaceId, create }
}

/** A title is written into the text: a machine that is too busy for that asks for another try, which pages give it. */
async function rename(person: TestPerson, documentId: DocumentId, title: string): Promise<void> {
  for (let left = 5; ; left--) {
    try {
      await person.api.documents.rename({ documentId, title })
      return
    } catch (error) {
      if (left === 0 || !(error instanceof WeftError && error.reaction === 'retry')) throw error
    }
  }
}

type Filter = Omit<Parameters<TestPerson['api']['activity']['list']>[0], 'workspaceId'>

const listOf = (person: TestPerson, workspaceId: WorkspaceId, filter: Filter = {}) =>
  person.api.activity.list({ workspaceId, ...filter })

/** The types of what a person finds, the newest first, once there are so many. */
async function finds(person: TestPerson, workspaceId: WorkspaceId, expected: string[], filter: Filter = {}) {
  await vi.waitFor(async () => {
    const { entries } = await listOf(person, workspaceId, filter)
    expect(entries.map(({ type }) => type)).toEqual(expected)
  }, patience)
  return listOf(person, workspaceId, filter)
}

async function connected(server: TestServer, person: TestPerson, channel: string) {
  const session = await joinChannel(server.syncUrl, channel, person)
  clients.push(session.client)
  return session
}

const inWindow = (client: RawClient): ActivityEntry[] =>
  [...client.received().getMap<ActivityEntry>(windowFields.entries).values()].sort((a, b) => a.seq - b.seq)

/** A session of a feed that shows this; like a page, it joins again whenever the feed is renewed. */
async function feedWith(
  server: TestServer,
  person: TestPerson,
  id: string,
  shows: (entries: ActivityEntry[]) => boolean,
) {
  for (;;) {
    const client = new RawClient(server.syncUrl)
    clients.push(client)
    await client.opened
    const address = `${windowChannel('feed', id)}\0s`
    client.auth(address, await person.token())
    client.step1(address)
    await client.until('the entries', () => client.of('close').length > 0 || shows(inWindow(client)))
    if (client.of('close').length === 0) return client
    await client.end()
  }
}

test('what happens is in the history, with names as they are now; filters and pages leave out nothing else', async () => {
  const { ann, ben, gus, workspaceId, create } = await started()
  const warp = await create('Warp')
  await rename(ben, warp, 'Weft')
  await ann.api.documents.setAccess({ documentId: warp, userId: gus.account.id, role: 'view' })
  const all = [
    'document.access-changed',
    'document.renamed',
    'document.created',
    'member.joined',
    'member.joined',
    'workspace.created',
  ]
  const page = await finds(ben, workspaceId, all)
  expect(page.next).toBeNull()
  expect(page.documents).toEqual([{ id: warp, title: 'Weft', inTrash: false }])
  expect(page.people.map(({ name }) => name).sort()).toEqual(['Ann Ärger', 'Ben Weaver', 'Gus'])
  expect(page.entries[0]).toMatchObject({
    actorId: ann.account.id,
    documentId: warp,
    subjectId: gus.account.id,
    detail: { role: 'view' },
  })
  expect(page.audiences).toEqual([workspaceId])

  await finds(ben, workspaceId, ['document.renamed', 'member.joined'], { actorId: ben.account.id })
  await finds(ben, workspaceId, all.slice(0, 3), { documentId: warp })
  await finds(ben, workspaceId, ['document.created', 'workspace.created'], {
    types: 'document.created,workspace.created',
  })
  await finds(ben, workspaceId, ['document.created'], {
    types: 'document.created',
    actorId: ann.account.id,
    documentId: warp,
  })
  await finds(ben, workspaceId, [], { types: 'nothing.of-this' })
  const at = page.entries.map((entry) => entry.at)
  const between = page.entries.filter((entry) => entry.at >= (at[4] ?? 0) && entry.at < (at[1] ?? 0))
  await finds(
    ben,
    workspaceId,
    between.map(({ type }) => type),
    { from: at[4], until: at[1] },
  )

  const paged: string[] = []
  for (let cursor: string | undefined; ; ) {
    const next = await listOf(ben, workspaceId, { limit: 1, cursor })
    paged.push(...next.entries.map(({ type }) => type))
    if (next.next === null) break
    cursor = next.next
  }
  expect(paged).toEqual(all)
})

test('search finds titles and names as they are now, by the beginnings of words, without accents', async () => {
  const { ann, ben, workspaceId, create } = await started()
  const [budget, letters] = [await create('Büdget of the year'), await create('Letters')]
  await ben.api.documents.move({ documentId: budget, parentId: letters })
  const created = ['document.created']
  await finds(ben, workspaceId, ['document.moved', 'document.created'], { search: 'budg' })
  await finds(ben, workspaceId, ['document.moved'], { search: 'YEAR weav' })
  await finds(ben, workspaceId, created, { search: 'arger lett' })
  await finds(ben, workspaceId, created, { search: 'letters', actorId: ann.account.id })
  await finds(ben, workspaceId, ['document.moved', 'document.created'], { search: 'büdget', documentId: budget })
  await finds(ben, workspaceId, ['document.moved'], { search: 'weaver', documentId: budget })
  await finds(ben, workspaceId, [], { search: 'udget' })
  await finds(ben, workspaceId, [], { search: 'budget letters' })
  await rename(ann, budget, 'Plan')
  await finds(ben, workspaceId, [], { search: 'budget' })
  await finds(ben, workspaceId, ['document.renamed', 'document.moved', 'document.created'], { search: 'plan' })
  // What a search language would take for its own.
  await finds(ben, workspaceId, [], { search: '"plan" AND NEAR(x) OR title:*' })
})

test('[ACCESS-3] [ACCESS-5] everybody finds what they may see, and nothing of the rest', async () => {
  const { server, ann, ben, gus, workspaceId, create } = await started()
  const eve = await server.signUp('Eve')
  const [open, secret] = [await create('Open'), await create('Secret')]
  const below = await create('Below', secret)
  await ann.api.documents.setAccess({ documentId: open, userId: gus.account.id, role: 'view' })
  await ann.api.documents.setRestricted({ documentId: secret, restricted: true })
  const ofSecret = async (person: TestPerson) => {
    const { entries, documents } = await listOf(person, workspaceId, { limit: 200 })
    return [...entries.map(({ documentId }) => documentId), ...documents.map(({ id }) => id)].filter(
      (id) => id === secret || id === below,
    )
  }
  await finds(gus, workspaceId, ['document.access-changed', 'document.created'])
  await vi.waitFor(async () => expect((await ofSecret(ann)).length).toBeGreaterThan(3), patience)
  expect(await ofSecret(ben)).toEqual([])
  expect((await listOf(gus, workspaceId)).audiences).toEqual([])
  expect((await listOf(ann, workspaceId)).audiences.sort()).toEqual([secret, workspaceId].sort())
  expect((await listOf(ann, workspaceId, { documentId: secret })).audiences).toEqual([secret])
  for (const search of ['secret', 'below', 'ann']) {
    const { entries, documents } = await listOf(ben, workspaceId, { search })
    expect(entries.filter(({ documentId }) => documentId === secret || documentId === below)).toEqual([])
    expect(JSON.stringify(documents)).not.toMatch(/Secret|Below/)
  }
  await finds(gus, workspaceId, ['document.access-changed', 'document.created'], { search: 'ope' })
  await finds(gus, workspaceId, [], { search: 'secret' })

  // In words that do not tell whether there is something.
  const refusal = (person: TestPerson, filter: Filter) =>
    listOf(person, workspaceId, filter).catch((error) => error.message)
  const unknown = await refusal(ben, { documentId: DocumentIdSchema.parse(randomId()) })
  expect(await refusal(ben, { documentId: secret })).toBe(unknown)
  expect(await refusal(ben, { documentId: below })).toBe(unknown)
  await expect(listOf(eve, workspaceId)).rejects.toMatchObject({ id: 'not-found' })
  await expect(server.stranger.activity.list({ workspaceId })).rejects.toMatchObject({ id: 'signed-out' })

  // Let in, and out again.
  await ann.api.documents.setAccess({ documentId: secret, userId: ben.account.id, role: 'view' })
  await vi.waitFor(async () => expect((await ofSecret(ben)).length).toBeGreaterThan(3), patience)
  await ann.api.documents.clearAccess({ documentId: secret, userId: ben.account.id })
  expect(await ofSecret(ben)).toEqual([])
  await ann.api.documents.setRestricted({ documentId: secret, restricted: false })
  await vi.waitFor(async () => expect((await ofSecret(ben)).length).toBeGreaterThan(3), patience)
})

test('[ACCESS-5] a document that moves takes its past along: rows and windows follow its audience', async () => {
  const { server, ann, ben, gus, workspaceId, create } = await started()
  const [folder, note] = [await create('Folder'), await create('Note')]
  await ann.api.documents.setRestricted({ documentId: folder, restricted: true })
  for (let n = 0; n < 5; n++) await rename(ann, note, `Note ${n}`)
  const ofNote = (entries: ActivityEntry[]) => entries.filter(({ documentId }) => documentId === note)
  const client = await feedWith(server, ben, workspaceId, (entries) => ofNote(entries).length >= 6)

  await ann.api.documents.move({ documentId: note, parentId: folder })
  expect(await client.channelClose()).toBe('renewed')
  await feedWith(server, ben, workspaceId, (entries) => ofNote(entries).length === 0 && entries.length >= 3)
  const audiences = async () => {
    const rows = await server.app.storage.read
      .selectFrom('activity')
      .where('document_id', '=', note)
      .select('audience_id')
      .distinct()
      .execute()
    return rows.map((row) => row.audience_id)
  }
  await vi.waitFor(async () => expect(await audiences()).toEqual([folder]), patience)
  const hers = await feedWith(server, ann, folder, (entries) => ofNote(entries).length >= 7)

  await ann.api.documents.move({ documentId: note, parentId: null })
  expect(await hers.channelClose()).toBe('renewed')
  await vi.waitFor(async () => expect(await audiences()).toEqual([workspaceId]), patience)
  await feedWith(server, ben, workspaceId, (entries) => ofNote(entries).length >= 8)

  // Nobody joins what is not theirs to read: the guest, the member, a document that is no audience.
  for (const [person, id] of [
    [gus, workspaceId],
    [ben, folder],
    [ann, note],
  ] as const) {
    const refused = new RawClient(server.syncUrl)
    clients.push(refused)
    await refused.opened
    refused.auth(`${windowChannel('feed', id)}\0s`, await person.token())
    expect((await refused.until('the refusal', () => refused.of('auth')[0])).text).toBe('denied:not-found')
  }
})

test('the window shows what happens while it is open: ids alone, once, in order', async () => {
  const { server, ben, workspaceId, create } = await started()
  const first = await create('Secret title one')
  const { client } = await connected(server, ben, windowChannel('feed', workspaceId))
  await client.until('the first', () => inWindow(client).some(({ documentId }) => documentId === first))
  const made: DocumentId[] = []
  for (let n = 0; n < 20; n++) made.push(await create('Secret title'))
  await client.until('all', () => inWindow(client).filter(({ type }) => type === 'document.created').length === 21)
  expect(inWindow(client).flatMap(({ documentId }) => documentId ?? [])).toEqual([first, ...made])
  expect(JSON.stringify(client.received().getMap(windowFields.entries).toJSON())).not.toContain('Secret')
  expect(client.received().getMap(windowFields.meta).get('seq')).toBe(inWindow(client).at(-1)?.seq)
})

test('an editing spell is in the history once, over a restart, in the name of whoever wrote', async () => {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
  const { server, ann, ben, workspaceId, create } = await started({ clock })
  const documentId = await create('Loom')
  const { client, address, doc } = await connected(server, ben, documentChannel(documentId))
  for (const words of ['one ', 'two ', 'three'])
    client.update(
      address,
      edit(doc, (text) => setTitle(text, words)),
    )
  await client.until('the answers', () => client.statuses.length >= 4)
  clock.ahead = 11 * 60_000
  const again = await server.restart()
  servers.splice(0, servers.length, again)
  const get = async () => {
    const answer = await fetch(`${again.url}/api/v1/workspaces/${workspaceId}/activity?types=document.edited`, {
      headers: { cookie: ann.cookie },
    })
    return (await answer.json()).entries
  }
  await vi.waitFor(async () => expect(await get()).toHaveLength(1), patience)
  const [entry] = await get()
  expect(entry).toMatchObject({ type: 'document.edited', actorId: ben.account.id, documentId, detail: { edits: 3 } })
  // When it happened, not when it was told.
  expect(entry.at).toBeLessThan(clock.now() - 10 * 60_000)
})

test('over random moves, restrictions and reads nobody finds what they may not open, and everybody all that they may', async () => {
  const { ann, ben, gus, workspaceId, create } = await started()
  const ids = [await create('a'), await create('b'), await create('c'), await create('d')]
  const pick = (n: number) => ids[n % ids.length] as DocumentId
  for (let n = 0; n < 24; n++) {
    const [one, other] = [pick(n * 7 + 3), pick(n * 5 + 1)]
    if (n % 3 === 0)
      await ann.api.documents.move({ documentId: one, parentId: one === other ? null : other }).catch(() => null)
    if (n % 3 === 1) await ann.api.documents.setRestricted({ documentId: one, restricted: n % 2 === 0 })
    if (n % 4 === 2)
      await ann.api.documents.setAccess({
        documentId: other,
        userId: (n % 8 === 2 ? ben : gus).account.id,
        role: 'view',
      })
    if (n % 8 === 7) await ann.api.documents.clearAccess({ documentId: one, userId: ben.account.id }).catch(() => null)
    for (const person of [ben, gus]) {
      const may = new Set((await person.api.documents.list({ workspaceId })).map(({ id }) => id))
      const found = new Set(
        (await listOf(person, workspaceId, { limit: 200 })).entries.flatMap(({ documentId }) => documentId ?? []),
      )
      for (const id of found) expect(may).toContain(id)
    }
  }
  for (const person of [ann, ben, gus]) {
    await vi.waitFor(async () => {
      const may = (await person.api.documents.list({ workspaceId })).map(({ id }) => id).sort()
      const { entries } = await listOf(person, workspaceId, { limit: 200, types: 'document.created' })
      expect(entries.flatMap(({ documentId }) => documentId ?? []).sort()).toEqual(may)
    }, patience)
  }
})
