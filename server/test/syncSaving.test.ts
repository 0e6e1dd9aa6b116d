import { join } from 'node:path'
import Connection from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Storage } from '../src/storage/index.ts'
import type { RawClient } from './rawClient.ts'
import { channelOf, type SyncServer, startSyncServer, stopAll, textOf, type } from './syncServer.ts'

afterEach(stopAll)

/** Three times what [SAVE-4] promises, and what reliability allows for the way back, on a machine that is busy. Ms. */
const toldWithin = 3 * 2_000
const resumedWithin = 3 * 30_000

interface Disk {
  wrap?: (storage: Storage) => Storage
  /** What ends the writing, and what brings it back. */
  stop(server: SyncServer): Promise<() => Promise<void>>
}

function failing(): Disk {
  let broken = false
  return {
    wrap: (storage) => ({
      ...storage,
      appendJournal: async (rows) => {
        if (broken) throw new Error('input/output error')
        return storage.appendJournal(rows)
      },
    }),
    async stop() {
      broken = true
      return async () => {
        broken = false
      }
    },
  }
}

const full: Disk = {
  async stop({ storage }) {
    await storage.limitPages(1)
    return () => storage.limitPages(1_000_000)
  },
}

const locked: Disk = {
  async stop({ dir }) {
    const other = new Connection(join(dir, 'weft.sqlite'))
    other.exec('BEGIN IMMEDIATE')
    return async () => {
      other.exec('ROLLBACK')
      other.close()
    }
  },
}

const disks: [string, () => Disk][] = [
  ['a journal that fails', failing],
  ['a full disk', () => full],
  ['a database that another process has locked', () => locked],
]

describe('[SAVE-4] all who have joined are told within 2 s that saving has stopped, and of its return', () => {
  it.each(disks)('%s', { timeout: 120_000 }, async (_, make) => {
    const disk = make()
    const server = await startSyncServer(disk.wrap === undefined ? {} : { wrap: disk.wrap })
    const [alice, bob, carol] = [await server.member(), await server.member(), await server.member()]
    const [documentId, elsewhere] = [await server.document(), await server.document()]
    const [writer, reader, other] = [server.client(), server.client(), server.client()]
    const address = channelOf(documentId)
    const text = await writer.join(address, server.token(alice))
    await reader.join(address, server.token(bob))
    await other.join(channelOf(elsewhere), server.token(carol))
    const everybody = [writer, reader, other]

    const heal = await disk.stop(server)
    for (let i = 0; i < 5; i++) writer.update(address, type(text, 'y'.repeat(20_000)))
    await vi.waitFor(() => expect(everybody.map(saving)).toEqual(Array(3).fill(['stopped'])), toldWithin)
    expect(writer.statuses).toEqual([true])
    expect(reader.of('update')).toEqual([])
    expect(reasonOf(other)).toMatch(/\w/)

    await heal()
    await vi.waitFor(() => expect(everybody.map(saving)).toEqual(Array(3).fill(['stopped', 'resumed'])), resumedWithin)
    await writer.until('all answers', () => writer.statuses.length === 6)
    expect(writer.statuses).toEqual(Array(6).fill(true))
    await reader.until('the text', () => textOf(reader.received()).length === 100_001)
    expect(textOf(await server.stored(documentId))).toHaveLength(100_001)
  })
})

const words = (client: RawClient): { type: string; state?: string; reason?: string }[] =>
  client.of('stateless').map((frame) => JSON.parse(frame.text))
const saving = (client: RawClient) => words(client).flatMap(({ type, state }) => (type === 'saving' ? [state] : []))
const reasonOf = (client: RawClient) => words(client).find(({ state }) => state === 'stopped')?.reason
