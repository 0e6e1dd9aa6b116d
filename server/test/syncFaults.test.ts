import { join } from 'node:path'
import Connection from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import type { Storage } from '../src/storage/index.ts'
import { channelOf, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

/** A storage whose journal stands still, or fails, until it is told otherwise. */
function gate() {
  let closed: Promise<void> | null = null
  let open = () => {}
  let failing = false
  return {
    close() {
      closed = new Promise((resolve) => {
        open = resolve
      })
    },
    open: () => {
      closed = null
      open()
    },
    fail(yes: boolean) {
      failing = yes
    },
    wrap: (storage: Storage): Storage => ({
      ...storage,
      appendJournal: async (rows) => {
        await closed
        if (failing) throw new Error('the disk is full')
        return storage.appendJournal(rows)
      },
    }),
  }
}

const words = (frames: { text: string }[]) => frames.map((frame) => JSON.parse(frame.text))

describe('[SAVE-2] nobody receives text that is not on disk', () => {
  it('holds updates, SyncStep2 for a newcomer and statuses; not carets', async () => {
    const disk = gate()
    const server = await startSyncServer({ wrap: disk.wrap })
    const [alice, bob, carol] = [await server.member(), await server.member(), await server.member()]
    const documentId = await server.document()
    const address = channelOf(documentId)
    const [a, b, c] = [server.client(), server.client(), server.client()]
    const text = await a.join(address, server.token(alice))
    await b.join(address, server.token(bob))

    disk.close()
    a.update(address, type(text, 'unsafe'))
    a.awareness(address, text.clientID, {})
    await b.until('the caret', () => b.of('awareness').length > 0)
    await c.opened
    c.auth(address, server.token(carol))
    c.step1(address)
    await c.until('the join', () => c.of('auth').length > 0)
    c.awareness(address, 5, {})
    await a.until('the newcomer', () => a.of('awareness').length > 0)
    expect(a.statuses).toEqual([true])
    expect(b.of('update')).toEqual([])
    expect(c.of('sync-step-2')).toEqual([])
    expect(c.of('sync-step-1')).toEqual([])

    disk.open()
    await a.until('the acknowledgement', () => a.statuses.length === 2)
    await b.until('the update', () => textOf(b.received()) === '.unsafe')
    await c.until('the text', () => textOf(c.received()) === '.unsafe')
  })

  it('lets held frames die with their session', async () => {
    const disk = gate()
    const server = await startSyncServer({ wrap: disk.wrap })
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const address = channelOf(documentId)
    const [a, b] = [server.client(), server.client()]
    const text = await a.join(address, server.token(alice))
    await b.join(address, server.token(bob))
    disk.close()
    a.update(address, type(text, 'x'))
    a.leave(address)
    const again = channelOf(documentId, 'again')
    a.auth(again, server.token(alice))
    a.step1(again)
    await a.until('the second join', () => a.of('auth').length === 2)
    disk.open()
    await b.until('the update', () => textOf(b.received()) === '.x')
    await a.until('the text', () => a.of('sync-step-2').length === 2)
    expect(a.of('status').filter((frame) => frame.address === again)).toEqual([])
    expect(a.statuses).toEqual([true])
  })
})

describe('[SAVE-4] a journal that cannot write', () => {
  it('acknowledges nothing, says so to all and to newcomers, and resumes by itself', async () => {
    const disk = gate()
    const server = await startSyncServer({ wrap: disk.wrap })
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const address = channelOf(documentId)
    const [a, b] = [server.client(), server.client()]
    const text = await a.join(address, server.token(alice))
    disk.fail(true)
    a.update(address, type(text, 'safe in memory'))
    await a.until('the word', () => words(a.of('stateless')).some((word) => word.state === 'stopped'))
    await b.opened
    b.auth(address, server.token(bob))
    b.step1(address)
    await b.until('the word for the newcomer', () => words(b.of('stateless')).some((word) => word.state === 'stopped'))
    a.leave(address)
    expect(server.sync.stats()).toMatchObject({ savingStopped: true })
    expect(a.statuses).toEqual([true])

    disk.fail(false)
    await b.until('the word', () => words(b.of('stateless')).some((word) => word.state === 'resumed'))
    await b.until('the text', () => textOf(b.received()) === '.safe in memory')
    expect(textOf(await server.stored(documentId))).toBe('.safe in memory')
  })

  it('closes writers over the bound of what may wait', async () => {
    const disk = gate()
    const server = await startSyncServer({ wrap: disk.wrap, limits: { unjournalledBytes: 3_000 } })
    const [alice, documentId] = [await server.member(), await server.document()]
    const address = channelOf(documentId)
    const client = server.client()
    const text = await client.join(address, server.token(alice))
    disk.fail(true)
    for (let i = 0; i < 4; i++) client.update(address, type(text, 'x'.repeat(1_000)))
    expect(await client.channelClose()).toBe('storage-full')
    disk.fail(false)
    const again = channelOf(documentId, 'again')
    const now = await client.join(again, server.token(alice))
    expect(textOf(now)).toHaveLength(2_001)
  })

  it('lives through a full disk', async () => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    const address = channelOf(documentId)
    const client = server.client()
    const text = await client.join(address, server.token(alice))
    await server.storage.limitPages(1)
    for (let i = 0; i < 20; i++) client.update(address, type(text, 'y'.repeat(20_000)))
    await client.until('the word', () => words(client.of('stateless')).some((word) => word.state === 'stopped'))
    const before = client.statuses.length
    await server.storage.limitPages(1_000_000)
    await client.until('all answers', () => client.statuses.length === 21)
    expect(before).toBeLessThan(21)
    expect(client.statuses.every((applied) => applied)).toBe(true)
    expect(textOf(await server.stored(documentId))).toHaveLength(400_001)
  })

  it('lives through a database that another process locks', async () => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    const address = channelOf(documentId)
    const client = server.client()
    const text = await client.join(address, server.token(alice))
    const other = new Connection(join(server.dir, 'weft.sqlite'))
    other.exec('BEGIN IMMEDIATE')
    client.update(address, type(text, 'locked out'))
    await client.until('the word', () => words(client.of('stateless')).some((word) => word.state === 'stopped'))
    expect(client.statuses).toEqual([true])
    other.exec('ROLLBACK')
    other.close()
    await client.until('the acknowledgement', () => client.statuses.length === 2)
    expect(textOf(await server.stored(documentId))).toBe('.locked out')
  })
})

describe('[SAVE-5] documents leave memory only when they are stored', () => {
  it('stays while a row waits, and goes afterwards', async () => {
    const disk = gate()
    const server = await startSyncServer({ wrap: disk.wrap })
    const [alice, documentId] = [await server.member(), await server.document()]
    const address = channelOf(documentId)
    const client = server.client()
    const text = await client.join(address, server.token(alice))
    disk.fail(true)
    client.update(address, type(text, 'kept'))
    await client.until('the word', () => words(client.of('stateless')).some((word) => word.state === 'stopped'))
    await client.end()
    await client.until('the end of the socket', () => server.sync.stats().sockets === 0)
    expect(server.sync.stats().channels).toBe(1)
    disk.fail(false)
    await client.until('the unload', () => server.sync.stats().channels === 0)
    expect(textOf(await server.stored(documentId))).toBe('.kept')
  })

  it('loses nothing when it is opened, edited and left 300 times', async () => {
    const server = await startSyncServer({ limits: { framesPerSecond: 10_000, channelsPerSocket: 10_000 } })
    const [alice, documentId] = [await server.member(), await server.document()]
    const client = server.client()
    await client.opened
    for (let i = 0; i < 300; i++) {
      const address = channelOf(documentId, `s${i}`)
      const text = await client.join(address, server.token(alice))
      expect(textOf(text)).toHaveLength(1 + i)
      client.update(address, type(text, 'x'))
      await client.until('the answer', () => client.statuses.length === 2 * (i + 1))
      client.leave(address)
      client.frames.splice(0, client.frames.length, ...client.of('status'))
    }
    expect(textOf(await server.stored(documentId))).toHaveLength(301)
    await client.until('the unload', () => server.sync.stats().channels === 0)
  })
})

describe('[SAVE-7] a document that cannot be read', () => {
  it('is set aside, told so to whoever joins, and leaves the others alone', async () => {
    const server = await startSyncServer()
    const [alice, documentId, sound] = [await server.member(), await server.document(), await server.document()]
    const disk = new Connection(join(server.dir, 'weft.sqlite'))
    disk.prepare('UPDATE journal SET "update" = ? WHERE document_id = ?').run(Buffer.from([9, 9, 9]), documentId)
    disk.close()
    const client = server.client()
    await client.opened
    for (let i = 0; i < 3; i++) {
      client.auth(channelOf(documentId, `s${i}`), server.token(alice))
      client.step1(channelOf(documentId, `s${i}`))
      await client.until('the refusal', () => client.of('auth').length === i + 1)
    }
    expect(client.of('auth').map((frame) => frame.text)).toEqual(Array(3).fill('denied:document-set-aside'))
    expect(textOf(await client.join(channelOf(sound), server.token(alice)))).toBe('.')
    expect(server.sync.stats().channels).toBe(1)
    const events = await server.events.since(server.workspaceId, 0, 10)
    expect(events.map(({ fact }) => fact)).toEqual([{ type: 'document.set-aside', documentId }])
    await expect(server.sync.texts.read(documentId, () => 0)).rejects.toMatchObject({ id: 'document-set-aside' })
  })

  it('leaves nothing behind when a load fails 1,000 times', async () => {
    const server = await startSyncServer({
      wrap: (storage) => ({ ...storage, loadText: () => Promise.reject(new Error('no disk')) }),
    })
    const documentId = await server.document()
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    for (let i = 0; i < 1_000; i++) await expect(server.sync.texts.read(documentId, () => 0)).rejects.toThrow('no disk')
    expect(timers()).toBeLessThanOrEqual(before + 2)
    expect(server.sync.stats().channels).toBe(0)
  })
})

describe('texts', () => {
  it('edits in the name of a person, loaded or not, and resolves when it is stored', async () => {
    const server = await startSyncServer()
    const [alice, documentId] = [await server.member(), await server.document()]
    await server.sync.texts.edit(documentId, { userId: alice, commandId: null }, (text) =>
      text.getText('t').insert(1, 'cold '),
    )
    expect(textOf(await server.stored(documentId))).toBe('.cold ')
    const client = server.client()
    const text = await client.join(channelOf(documentId), server.token(alice))
    await server.sync.texts.edit(documentId, { userId: alice, commandId: null }, (copy) =>
      copy.getText('t').insert(6, 'warm'),
    )
    await client.until('the edit', () => textOf(client.received()) === '.cold warm')
    client.update(channelOf(documentId), type(text, '!'))
    await client.until('the answer', () => client.statuses.length === 2)
    expect((await server.rows(documentId)).map((row) => row.author_id)).toEqual([null, alice, alice, alice])
    expect(await server.sync.texts.read(documentId, (seen) => seen.getText('t').length)).toBe(11)
    await expect(
      server.sync.texts.edit(documentId, { userId: alice, commandId: null }, (copy) => {
        copy.getText('t').insert(0, 'half')
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await server.sync.texts.read(documentId, (seen) => seen.getText('t').length)).toBe(11)
  })
})

it('[SAVE-2] [SAVE-4] requests read nothing that is not on disk, and edit nothing while nothing is saved', async () => {
  const disk = gate()
  const server = await startSyncServer({ wrap: disk.wrap })
  const [alice, documentId] = [await server.member(), await server.document()]
  const address = channelOf(documentId)
  const client = server.client()
  const text = await client.join(address, server.token(alice))
  disk.close()
  client.update(address, type(text, 'unsafe'))
  await client.until('the row to wait', () => server.sync.stats().queuedBytes > 0)
  let read: string | null = null
  const reading = server.sync.texts.read(documentId, textOf).then((seen) => {
    read = seen
  })
  await server.sync.texts.read(await server.document(), textOf)
  expect(read).toBeNull()
  disk.open()
  await reading
  expect(read).toBe('.unsafe')

  disk.fail(true)
  client.update(address, type(text, '!'))
  await client.until('the word', () => words(client.of('stateless')).some((word) => word.state === 'stopped'))
  await expect(server.sync.texts.edit(documentId, { userId: alice, commandId: null }, () => {})).rejects.toMatchObject({
    id: 'storage-stopped',
  })
  disk.fail(false)
})

describe('a graceful stop', () => {
  it('waits for the journal, acknowledges, and says that it restarts', async () => {
    const disk = gate()
    const server = await startSyncServer({ wrap: disk.wrap })
    const [alice, documentId] = [await server.member(), await server.document()]
    const client = server.client()
    const text = await client.join(channelOf(documentId), server.token(alice))
    disk.close()
    client.update(channelOf(documentId), type(text, 'last words'))
    await client.until('the row to wait', () => server.sync.stats().queuedBytes > 0)
    const stopped = server.stop()
    disk.open()
    await stopped
    expect(await client.socketClose()).toEqual({ code: 4503, reason: 'server-restarting' })
    expect(client.statuses).toEqual([true, true])
    const again = await startSyncServer({ dir: server.dir })
    expect(textOf(await again.stored(documentId))).toBe('.last words')
  })
})
