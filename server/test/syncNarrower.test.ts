import type { DocumentId, UserId } from '@weft/shared/kit'
import { afterEach, describe, expect, it } from 'vitest'
import { awarenessStates, type RawClient } from './rawClient.ts'
import { channelOf, presenceOf, type SyncServer, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

const words = (client: RawClient) => client.of('stateless').map((frame) => JSON.parse(frame.text))
const actor = (userId: UserId) => ({ userId, commandId: null })

/** An owner, and a member who has a document open that stands below another one. */
async function opened() {
  const server = await startSyncServer()
  const [owner, ben] = [await server.member('owner'), await server.member()]
  const [parent, elsewhere] = [await server.document(), await server.document()]
  const child = await server.document(parent)
  const [o, b] = [server.client(), server.client()]
  const owners = await o.join(channelOf(child), server.token(owner))
  const bens = await b.join(channelOf(child), server.token(ben))
  return { server, owner, ben, parent, child, elsewhere, o, b, owners, bens }
}

/** Frames that arrive in the tick in which the next change commits. */
function floodAtCommit({ server, child, b, bens }: Awaited<ReturnType<typeof opened>>): void {
  server.events.onEvent(() => {
    for (const word of ['x', 'y', 'z']) b.update(channelOf(child), type(bens, word))
    b.step1(channelOf(child))
  })
}

/** Nothing of what was on its way is applied or answered, and the one who stayed writes on. */
async function expectShutOut(room: Awaited<ReturnType<typeof opened>>): Promise<void> {
  const { server, child, o, b, owners } = room
  expect(await b.channelClose()).toBe('access-removed')
  o.update(channelOf(child), type(owners, 'owner'))
  await o.until('the answer', () => o.statuses.length === 2)
  expect(textOf(await server.stored(child))).toBe('.owner')
  expect(b.statuses).toEqual([true])
  expect(b.of('sync-step-2')).toHaveLength(1)
  expect(b.of('update')).toHaveLength(0)
}

describe('[ACCESS-2] whoever loses access by what happens above a document is flagged at once', () => {
  it('when a parent is restricted', async () => {
    const room = await opened()
    floodAtCommit(room)
    await room.server.documents.setRestricted(actor(room.owner), room.parent, true)
    await expectShutOut(room)
  })

  it('when it is moved below a restricted document', async () => {
    const room = await opened()
    const { server, owner, child, elsewhere } = room
    await server.documents.setRestricted(actor(owner), elsewhere, true)
    floodAtCommit(room)
    await server.documents.move(actor(owner), child, elsewhere)
    await expectShutOut(room)
  })

  it('when what they were given on a parent is taken back', async () => {
    const room = await opened()
    const { server, owner, ben, parent } = room
    await server.documents.setAccess(actor(owner), parent, ben, 'edit')
    await server.documents.setRestricted(actor(owner), parent, true)
    floodAtCommit(room)
    await server.documents.clearAccess(actor(owner), parent, ben)
    await expectShutOut(room)
  })

  it('when they lose only the right to write, by what is given on a parent', async () => {
    const room = await opened()
    const { server, owner, ben, parent, child, b, bens } = room
    await server.documents.setAccess(actor(owner), parent, ben, 'comment')
    await b.until('the word', () => words(b).some((word) => word.type === 'access' && word.mayWrite === false))
    b.update(channelOf(child), type(bens, 'late'))
    await b.until('the refusal', () => b.statuses.length === 2)
    expect(b.statuses[1]).toBe(false)
    expect(b.of('close')).toHaveLength(0)
    expect(textOf(await server.stored(child))).toBe('.')
  })

  it('and nobody else: a list of its own, and other documents, stay open', async () => {
    const { server, owner, ben, parent, elsewhere, b } = await opened()
    const own = await server.document(parent)
    await server.documents.setRestricted(actor(owner), own, true)
    await server.documents.setAccess(actor(owner), own, ben, 'edit')
    const mine = await b.join(channelOf(own), server.token(ben))
    const other = await b.join(channelOf(elsewhere), server.token(ben))
    await server.documents.setRestricted(actor(owner), parent, true)
    expect(await b.channelClose()).toBe('access-removed')
    const before = b.statuses.length
    b.update(channelOf(own), type(mine, 'still'))
    b.update(channelOf(elsewhere), type(other, 'here'))
    await b.until('the answers', () => b.statuses.length === before + 2)
    expect([textOf(await server.stored(own)), textOf(await server.stored(elsewhere))]).toEqual(['.still', '.here'])
    expect(b.of('close')).toHaveLength(1)
  })

  it('in a subtree of more documents than an event names', async () => {
    const room = await opened()
    const { server, owner, parent } = room
    const row = (at: number) => ({
      id: `${'filler'.padEnd(16, 'x')}${String(at).padStart(5, '0')}` as DocumentId,
      workspace_id: server.workspaceId,
      parent_id: parent,
      position: 'a0',
      title: '',
      kind: 'rich' as const,
      created_by: owner,
      created_at: 0,
      updated_at: 0,
      removed_at: null,
      set_aside: null,
    })
    for (const from of [0, 500, 1_000]) {
      const rows = Array.from({ length: 500 }, (_, at) => row(from + at))
      await server.storage.transaction((tx) => tx.insertInto('documents').values(rows).execute())
    }
    await server.documents.setRestricted(actor(owner), parent, true)
    const [event] = await server.events.since(server.workspaceId, 0, 10)
    expect(event?.fact).toMatchObject({ type: 'document.restriction-changed', touched: null })
    await expectShutOut(room)
  })
})

describe('[ACCESS-5] presence names a document only if all members may view it', () => {
  /** What a reader of the workspace's presence is told that Ben's page shows. */
  async function watched(server: SyncServer, documentId: DocumentId) {
    const [ben, carol] = [await server.member(), await server.member()]
    const address = presenceOf(server.workspaceId)
    const [b, c] = [server.client(), server.client()]
    await b.join(address, server.token(ben))
    await c.join(address, server.token(carol))
    const shows = (id: DocumentId | null) =>
      c.until('what is shown', () => awarenessStates(c.frames).get(5)?.documentId === id)
    b.awareness(address, 5, { documentId }, 1)
    return { ben, b, c, shows }
  }

  it('not from when one above it is restricted, and again from when it is not', async () => {
    const server = await startSyncServer()
    const owner = await server.member('owner')
    const parent = await server.document()
    const child = await server.document(parent)
    const { shows } = await watched(server, child)
    await shows(child)
    await server.documents.setRestricted(actor(owner), parent, true)
    await shows(null)
    await server.documents.setRestricted(actor(owner), parent, false)
    await shows(child)
  })

  it('not from when it is moved below a restricted one, and never one that was restricted before', async () => {
    const server = await startSyncServer()
    const owner = await server.member('owner')
    const [narrow, open] = [await server.document(), await server.document()]
    await server.documents.setRestricted(actor(owner), narrow, true)
    const { ben, b, c, shows } = await watched(server, open)
    await shows(open)
    b.awareness(presenceOf(server.workspaceId), 5, { documentId: narrow }, 2)
    await shows(null)
    b.awareness(presenceOf(server.workspaceId), 5, { documentId: open }, 3)
    await shows(open)
    await server.documents.setAccess(actor(owner), narrow, ben, 'edit')
    await server.documents.move(actor(owner), open, narrow)
    await shows(null)
    await server.documents.move(actor(owner), open, null)
    await shows(open)
    expect(JSON.stringify([...awarenessStates(c.frames)])).not.toContain(narrow)
  })
})
