import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DocumentId, randomId } from '@weft/shared/kit'
import Connection from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { describeStorage } from '../contractSuite.ts'
import type { Writer } from '../port.ts'
import { openSqlite } from './openSqlite.ts'

const root = mkdtempSync(join(tmpdir(), 'weft-sqlite-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const newFile = (): string => join(root, randomId(), 'weft.db')

describeStorage('SQLite', () => openSqlite({ file: newFile() }))

const filled = (seq: number, documentId: DocumentId, size: number) => ({
  documentId,
  seq,
  update: new Uint8Array(size).fill(seq),
  authorId: null,
  at: seq,
})

const readHeads = (tx: Writer) => tx.selectFrom('event_heads').select('seq').execute()

describe('the SQLite file', () => {
  test('is opened with WAL, full synchronisation and foreign keys', async () => {
    const storage = await openSqlite({ file: newFile() })
    const pragma = (name: string) =>
      storage.account
        .selectFrom(`pragma_${name}` as never)
        .selectAll()
        .executeTakeFirst() as Promise<unknown>
    expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' })
    expect(await pragma('synchronous')).toEqual({ synchronous: 2 })
    expect(await pragma('foreign_keys')).toEqual({ foreign_keys: 1 })
    await storage.close()
  })

  test('a second opening of the same file is refused with a sentence, until the first has closed', async () => {
    const file = newFile()
    const first = await openSqlite({ file })
    await expect(openSqlite({ file })).rejects.toThrow(/^Another Weft process uses .*DATA_DIR/)
    await first.close()
    await (await openSqlite({ file })).close()
  })

  test('a database of a newer version is refused and left as it is', async () => {
    const file = newFile()
    await (await openSqlite({ file })).close()
    const db = new Connection(file)
    db.prepare("insert into kysely_migration (name, timestamp) values ('9999-later', 'x')").run()
    db.close()
    await expect(openSqlite({ file })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/newer Weft \(9999-later\)/),
    })
  })

  test('a file that is not a database is refused with a sentence', async () => {
    const file = join(mkdtempSync(join(root, 'x')), 'weft.db')
    writeFileSync(file, 'this is a letter, not a database. '.repeat(200))
    await expect(openSqlite({ file })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/is not a database/),
    })
  })

  test('a directory that cannot be written is refused with a sentence', async () => {
    const directory = mkdtempSync(join(root, 'x'))
    writeFileSync(join(directory, 'file'), '')
    // A path through a file fails for root as well, whom no mode stops.
    const file = join(directory, 'file', 'below', 'weft.db')
    await expect(openSqlite({ file })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/cannot be written/),
    })
    if (process.getuid?.() === 0) return
    chmodSync(directory, 0o500)
    await expect(openSqlite({ file: join(directory, 'weft.db') })).rejects.toThrow(/cannot be written/)
  })

  test('[SAVE-4] a full disk refuses batches whole, says so, and takes the same batch when there is room', async () => {
    const file = newFile()
    const storage = await openSqlite({ file, maxPages: 120 })
    const id = DocumentId.parse(randomId())
    let stored = 0
    const batch = () => Array.from({ length: 10 }, (_, i) => filled(stored + i + 1, id, 5_000))
    let failure: unknown
    for (let i = 0; i < 50 && failure === undefined; i++)
      await storage.appendJournal(batch()).then(
        () => {
          stored += 10
        },
        (error: unknown) => {
          failure = error
        },
      )
    expect(failure).toMatchObject({ id: 'storage-stopped', message: 'The disk is full.' })
    expect((await storage.loadText(id)).head).toBe(stored)
    const command = storage.transaction(async (tx) => {
      const state = new Uint8Array(500_000)
      await tx.insertInto('snapshots').values({ document_id: id, seq: 1, state, at: 1 }).execute()
    })
    await expect(command).rejects.toMatchObject({ id: 'storage-stopped' })
    await storage.limitPages(10_000)
    await storage.appendJournal(batch())
    expect((await storage.loadText(id)).head).toBe(stored + 10)
    expect((await storage.loadText(id)).snapshot).toBeNull()
    await storage.close()
  })

  test('[SAVE-4] while a foreign process holds the lock, batches are refused; then they are taken', async () => {
    const file = newFile()
    const storage = await openSqlite({ file })
    const id = DocumentId.parse(randomId())
    const foreign = new Connection(file)
    foreign.exec('BEGIN IMMEDIATE')
    await expect(storage.appendJournal([filled(1, id, 10)])).rejects.toMatchObject({
      id: 'storage-stopped',
      message: 'Another program has locked the database.',
    })
    await expect(storage.transaction(readHeads)).rejects.toMatchObject({ id: 'storage-stopped' })
    foreign.exec('ROLLBACK')
    foreign.close()
    await storage.appendJournal([filled(1, id, 10)])
    expect((await storage.loadText(id)).head).toBe(1)
    await storage.close()
  })

  test('when the writer thread dies, all that waits is refused, and it is told of once', async () => {
    const fatal: string[] = []
    const file = newFile()
    const storage = await openSqlite({ file, onFatal: (error) => fatal.push(error.message) })
    const id = DocumentId.parse(randomId())
    await storage.appendJournal([filled(1, id, 10)])
    const hanging = storage.transaction(async (tx) => {
      await readHeads(tx)
      await new Promise(() => {})
    })
    const waiting = [
      hanging,
      storage.transaction(readHeads),
      storage.account.selectFrom('journal').select('seq').execute(),
    ]
    const refused = Promise.allSettled(waiting)
    await storage.terminate()
    for (const result of await refused)
      expect(result).toMatchObject({ status: 'rejected', reason: { id: 'storage-stopped' } })
    await expect(storage.appendJournal([filled(2, id, 10)])).rejects.toMatchObject({ id: 'storage-stopped' })
    expect(fatal).toHaveLength(1)
    expect((await storage.loadText(id)).head).toBe(1)
    await storage.close()
    const again = await openSqlite({ file })
    expect((await again.loadText(id)).head).toBe(1)
    await again.close()
  })

  test('[SAVE-1] whatever was acknowledged before SIGKILL is there, and the file is whole', async () => {
    const file = newFile()
    const ids = [randomId(), randomId(), randomId()].map((id) => DocumentId.parse(id))
    const acknowledged = new Map<DocumentId, number>()
    for (let round = 0; round < 12; round++) {
      const child = fork(new URL('./killedWriter.ts', import.meta.url), [file, ...ids], { execArgv: [] })
      let answers = 0
      const enough = Promise.withResolvers<void>()
      child.on('message', (message) => {
        const [id, seq] = message as [DocumentId, number]
        acknowledged.set(id, Math.max(acknowledged.get(id) ?? 0, seq))
        if (++answers === 20 + round * 7) enough.resolve()
      })
      child.on('exit', () => enough.resolve())
      await enough.promise
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).toBe('SIGKILL')

      // The lock of the killed process is no lock.
      const storage = await openSqlite({ file })
      for (const id of ids) {
        const { rows, head } = await storage.loadText(id)
        expect(head).toBeGreaterThanOrEqual(acknowledged.get(id) ?? 0)
        expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1))
      }
      await storage.close()
      const db = new Connection(file, { readonly: true })
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()
    }
    expect(acknowledged.size).toBe(3)
  })
})
