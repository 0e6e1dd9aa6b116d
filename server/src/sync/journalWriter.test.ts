import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import Connection from 'better-sqlite3'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openSqlite, type SqliteStorage } from '../storage/index.ts'
import type { Journal } from './journal.ts'
import { createJournal } from './journalWriter.ts'

const log = pino({ level: 'silent' })
const clock = { now: () => 1_700_000_000_000 }
const author = UserId.parse(randomId())
const newId = (): DocumentId => DocumentId.parse(randomId())
const bytes = (n: number, size = 20) => new Uint8Array(size).fill(n % 256)

let directory: string
let storage: SqliteStorage
let journal: Journal

const file = () => join(directory, 'weft.db')
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-journal-'))
  storage = await openSqlite({ file: file(), maxPages: 100_000 })
  journal = createJournal({ storage, clock, log })
})
afterEach(async () => {
  await storage.limitPages(100_000)
  await journal.drain(20_000)
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
})

const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 20_000, interval: 5 })

describe('the journal', () => {
  test('[SAVE-1] a commit is told of only when its rows are on disk', async () => {
    const id = newId()
    journal.open(id, 0)
    const onDisk: [number, number][] = []
    journal.onCommit((committed) => {
      const stored = new Connection(file(), { readonly: true })
      const head = stored.prepare('select max(seq) from journal where document_id = ?').pluck().get(id)
      stored.close()
      onDisk.push([committed.get(id) ?? 0, Number(head)])
    })
    expect([1, 2, 3].map((n) => journal.enqueue(id, bytes(n), author))).toEqual([1, 2, 3])
    expect([journal.head(id), journal.committed(id), journal.queuedBytes]).toEqual([3, 0, 60])
    expect(await journal.drain(20_000)).toBe(true)
    expect(onDisk).toEqual([[3, 3]])
    expect([journal.committed(id), journal.queuedBytes]).toEqual([3, 0])
    const { rows } = await storage.loadText(id)
    expect(rows.map((row) => [row.seq, row.update[0], row.authorId, row.at])).toEqual(
      [1, 2, 3].map((n) => [n, n, author, clock.now()]),
    )
  })

  test('what arrives while one commit runs goes into the next, in order, whatever the document', async () => {
    const append = vi.spyOn(storage, 'appendJournal')
    const [one, two] = [newId(), newId()]
    journal.open(one, 0)
    journal.open(two, 40)
    let first = true
    journal.onCommit(() => {
      if (!first) return
      first = false
      for (let n = 2; n <= 100; n++) journal.enqueue(n % 2 === 0 ? one : two, bytes(n), null)
    })
    journal.enqueue(one, bytes(1), null)
    await until(() => journal.committed(one) === 51 && journal.committed(two) === 89)
    expect(append).toHaveBeenCalledTimes(2)
    expect((await storage.loadText(one)).rows.map((row) => row.update[0])).toEqual([
      1,
      ...Array.from({ length: 50 }, (_, i) => 2 + 2 * i),
    ])
    const second = new Connection(file(), { readonly: true })
    expect(second.prepare('select min(seq), max(seq) from journal where document_id = ?').raw().get(two)).toEqual([
      41, 89,
    ])
    second.close()
  })

  test('[SAVE-4] a full disk is told of once, nothing is committed, and it goes on by itself when there is room', async () => {
    const id = newId()
    journal.open(id, 0)
    const states: { stopped: boolean; reason?: string }[] = []
    journal.onStateChange((state) => states.push({ ...state }))
    await storage.limitPages(1)
    for (let n = 1; n <= 200; n++) journal.enqueue(id, bytes(n, 10_000), null)
    await until(() => states.length === 1)
    expect(states).toEqual([{ stopped: true, reason: 'The disk is full.' }])
    expect(await journal.drain(300)).toBe(false)
    expect([journal.committed(id), journal.queuedBytes]).toEqual([0, 2_000_000])
    expect(() => journal.close(id)).toThrow(/not on disk/)
    journal.enqueue(id, bytes(201), null)
    await storage.limitPages(100_000)
    expect(await journal.drain(20_000)).toBe(true)
    expect(states).toEqual([{ stopped: true, reason: 'The disk is full.' }, { stopped: false }])
    expect([journal.committed(id), journal.queuedBytes]).toEqual([201, 0])
    expect((await storage.loadText(id)).rows.map((row) => row.update[0])).toEqual(
      Array.from({ length: 201 }, (_, i) => (i + 1) % 256),
    )
    journal.close(id)
  })

  test('[SAVE-4] a database that somebody else has locked stops saving, and resumes it', async () => {
    const id = newId()
    journal.open(id, 0)
    const states: (string | undefined)[] = []
    journal.onStateChange((state) => states.push(state.reason))
    const foreign = new Connection(file())
    foreign.exec('BEGIN IMMEDIATE')
    journal.enqueue(id, bytes(1), null)
    await until(() => states.length === 1)
    expect(states).toEqual(['Another program has locked the database.'])
    foreign.exec('ROLLBACK')
    foreign.close()
    expect(await journal.drain(20_000)).toBe(true)
    expect(states).toHaveLength(2)
  })

  test('[SAVE-1] a batch that was written and whose answer was lost is not written twice', async () => {
    const id = newId()
    journal.open(id, 0)
    const append = storage.appendJournal
    let lost = 0
    vi.spyOn(storage, 'appendJournal').mockImplementation(async (rows) => {
      await append(rows)
      if (lost++ === 0) throw new Error('the answer was lost')
    })
    for (let n = 1; n <= 10; n++) journal.enqueue(id, bytes(n), null)
    await until(() => lost === 1)
    journal.enqueue(id, bytes(11), null)
    expect(await journal.drain(20_000)).toBe(true)
    expect((await storage.loadText(id)).rows.map((row) => row.update[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  test('a document whose rows are refused holds up no other, and commits in order when they are taken', async () => {
    const [bad, good] = [newId(), newId()]
    journal.open(bad, 0)
    journal.open(good, 0)
    const states: unknown[] = []
    journal.onStateChange((state) => states.push(state))
    // Somebody else has written under the sequence that the journal will give next.
    await storage.appendJournal([{ documentId: bad, seq: 2, update: bytes(99), authorId: null, at: 1 }])
    for (let n = 1; n <= 5; n++) for (const id of [good, bad]) journal.enqueue(id, bytes(n), null)
    await until(() => journal.committed(good) === 5)
    journal.enqueue(good, bytes(6), null)
    journal.enqueue(bad, bytes(6), null)
    await until(() => journal.committed(good) === 6)
    expect(journal.committed(bad)).toBe(0)
    expect(await journal.drain(50)).toBe(false)
    const reason = expect.stringContaining('does not take')
    expect(states).toEqual([{ stopped: true, reason, documentId: bad }])
    expect([journal.stoppedFor(bad), journal.stoppedFor(good)]).toEqual([reason, null])
    await storage.transaction((tx) => tx.deleteFrom('journal').where('document_id', '=', bad).execute())
    expect(await journal.drain(20_000)).toBe(true)
    expect((await storage.loadText(bad)).rows.map((row) => row.update[0])).toEqual([1, 2, 3, 4, 5, 6])
    expect((await storage.loadText(good)).rows.map((row) => row.update[0])).toEqual([1, 2, 3, 4, 5, 6])
    expect([journal.committed(bad), journal.queuedBytes]).toEqual([6, 0])
    expect(states.slice(1)).toEqual([{ stopped: false, documentId: bad }])
    expect(journal.stoppedFor(bad)).toBeNull()
  })

  test('[SAVE-4] a disk that does not answer is told of, and what it was given is there when it does', async () => {
    const id = newId()
    journal.open(id, 0)
    const states: unknown[] = []
    journal.onStateChange((state) => states.push(state))
    const append = storage.appendJournal
    const answered = Promise.withResolvers<void>()
    vi.spyOn(storage, 'appendJournal').mockImplementation(async (rows) => {
      await answered.promise
      await append(rows)
    })
    journal.enqueue(id, bytes(1), null)
    await until(() => states.length === 1)
    expect(states).toEqual([{ stopped: true, reason: 'The server’s disk does not answer.' }])
    expect([journal.committed(id), journal.stoppedFor(id)]).toEqual([0, 'The server’s disk does not answer.'])
    answered.resolve()
    expect(await journal.drain(20_000)).toBe(true)
    expect(states).toEqual([expect.anything(), { stopped: false }])
    expect((await storage.loadText(id)).rows).toHaveLength(1)
  })

  test('[LIMIT-3] a listener that throws stops neither the others nor the journal', async () => {
    const id = newId()
    journal.open(id, 0)
    const heard: number[] = []
    journal.onCommit(() => {
      throw new Error('on purpose')
    })
    const end = journal.onCommit((committed) => heard.push(committed.get(id) ?? 0))
    journal.enqueue(id, bytes(1), null)
    await journal.drain(20_000)
    end()
    journal.enqueue(id, bytes(2), null)
    expect(await journal.drain(20_000)).toBe(true)
    expect(heard).toEqual([1])
  })

  test('drain waits for what was queued, not for what comes after', async () => {
    const id = newId()
    journal.open(id, 0)
    // Each commit queues another: the queue is never empty.
    let running = true
    journal.onCommit(() => {
      if (running) journal.enqueue(id, bytes(1), null)
    })
    journal.enqueue(id, bytes(1), null)
    expect(await journal.drain(20_000)).toBe(true)
    running = false
  })

  test('[SAVE-5] a document is counted from what its load found, once, until it is closed', async () => {
    const id = newId()
    expect(() => journal.enqueue(id, bytes(1), null)).toThrow(/not open/)
    journal.open(id, 7)
    expect(() => journal.open(id, 7)).toThrow(/is open/)
    expect([journal.isOpen(id), journal.head(id), journal.committed(id)]).toEqual([true, 7, 7])
    expect(journal.enqueue(id, bytes(1), null)).toBe(8)
    expect(() => journal.close(id)).toThrow(/not on disk/)
    await journal.drain(20_000)
    journal.close(id)
    expect(journal.isOpen(id)).toBe(false)
  })
})
