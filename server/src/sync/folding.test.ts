import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import Connection from 'better-sqlite3'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { openSqlite, type Storage } from '../storage/index.ts'
import { createFolding, type Folding } from './folding.ts'
import { jsonOf, RandomText } from './foldingRandomText.ts'
import type { Journal } from './journal.ts'
import { createJournal } from './journalWriter.ts'
import { replayHistory } from './segmentsReplay.ts'
import { CorruptText, loadDocument } from './textStore.ts'

const log = pino({ level: 'silent' })
let now = 1_700_000_000_000
const clock = { now: () => now }
const authors = [UserId.parse(randomId()), UserId.parse(randomId()), null]

let directory: string
let storage: Storage
let journal: Journal
let folding: Folding

const file = () => join(directory, 'weft.db')
const open = async (): Promise<void> => {
  storage = await openSqlite({ file: file() })
  journal = createJournal({ storage, clock, log })
  folding = createFolding({ storage, journal, clock, log })
}
const close = async (): Promise<void> => {
  await folding.stop()
  await storage.close()
}
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-folding-'))
  await open()
})
afterEach(async () => {
  await close()
  rmSync(directory, { recursive: true, force: true })
})

const newId = (): DocumentId => DocumentId.parse(randomId())
async function loaded(id: DocumentId): Promise<Y.Doc> {
  const doc = new Y.Doc()
  await loadDocument(storage, id, doc)
  return doc
}
async function replayed(id: DocumentId) {
  const doc = new Y.Doc({ gc: false })
  const pieces = []
  for await (const piece of replayHistory(storage, id)) {
    Y.applyUpdate(doc, piece.update)
    pieces.push(piece)
  }
  return { doc, pieces }
}
/** Writes all updates of a random text as rows. */
async function write(id: DocumentId, updates: readonly Uint8Array[]): Promise<void> {
  if (!journal.isOpen(id)) journal.open(id, (await storage.loadText(id)).head)
  for (const [i, update] of updates.entries()) {
    now += 1_000
    journal.enqueue(id, update, authors[Math.floor(i / 7) % 3] ?? null)
  }
  expect(await journal.drain(20_000)).toBe(true)
}
const count = async (table: 'journal' | 'segments' | 'snapshots', id: DocumentId): Promise<number> =>
  (await storage.read.selectFrom(table).select('document_id').where('document_id', '=', id).execute()).length
const tamper = (sql: string, ...parameters: unknown[]): void => {
  const db = new Connection(file())
  expect(db.prepare(sql).run(...parameters).changes).toBeGreaterThan(0)
  db.close()
}

describe('folding', () => {
  for (let seed = 1; seed <= 6; seed++)
    test(`[SAVE-1] random edits folded at random moments load, and replay, as they were written (seed ${seed})`, async () => {
      const id = newId()
      const text = new RandomText(seed)
      for (let round = 0; round < 8; round++) {
        await write(id, text.edit(1 + text.random(150)))
        const writing = write(id, text.edit(1 + text.random(30)))
        const folds = text.random(3) > 0 ? [folding.fold(id), folding.fold(id)] : []
        const meanwhile = await loaded(id)
        expect(meanwhile.store.pendingStructs).toBeNull()
        await Promise.all([writing, ...folds])
        expect(jsonOf(await loaded(id))).toEqual(text.json())
      }
      await folding.fold(id)
      expect(await count('journal', id)).toBe(0)
      const load = await loaded(id)
      expect(jsonOf(load)).toEqual(text.json())
      expect(Y.encodeStateVector(load)).toEqual(text.stateVector())

      const { doc, pieces } = await replayed(id)
      expect(jsonOf(doc)).toEqual(text.json())
      expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(text.doc))).toBe(true)
      expect(everWritten(doc)).toEqual(everWritten(text.doc))
      expect(pieces[0]?.fromSeq).toBe(1)
      expect(pieces.at(-1)?.toSeq).toBe(text.updates)
      for (const [i, piece] of pieces.entries()) if (i > 0) expect(piece.fromSeq).toBe((pieces[i - 1]?.toSeq ?? 0) + 1)
      expect(pieces.every((piece) => piece.toAt >= piece.fromAt)).toBe(true)
    })

  test('the runs of the history are of one author, and end at a pause', async () => {
    const id = newId()
    const text = new RandomText(9)
    await write(id, text.edit(14))
    now += 11 * 60_000
    journal.enqueue(id, text.edit(1)[0] ?? new Uint8Array(), authors[1] ?? null)
    await journal.drain(20_000)
    await folding.fold(id)
    const { pieces } = await replayed(id)
    expect(pieces.map((piece) => [piece.fromSeq, piece.toSeq, piece.authorId])).toEqual([
      [1, 7, authors[0]],
      [8, 14, authors[1]],
      [15, 15, authors[1]],
    ])
    expect(pieces.map((piece) => piece.toAt - piece.fromAt)).toEqual([6_000, 6_000, 0])
  })

  test('what was deleted is in the history and not in the snapshot', async () => {
    const id = newId()
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    doc.getText('text').insert(0, 'a confession')
    doc.getText('text').delete(0, 12)
    doc.getText('text').insert(0, 'fine')
    await write(id, updates)
    await folding.fold(id)
    const { snapshot } = await storage.loadText(id)
    expect(Buffer.from(snapshot ?? []).includes('confession')).toBe(false)
    const { doc: history } = await replayed(id)
    expect(everWritten(history)).toContain('a confession')
    expect((await loaded(id)).getText('text').toString()).toBe('fine')
  })

  test('updates whose dependencies come later survive a fold', async () => {
    const id = newId()
    const text = new RandomText(11)
    const [first, ...rest] = text.edit(40)
    await write(id, rest)
    await folding.fold(id)
    expect((await loaded(id)).store.pendingStructs).not.toBeNull()
    await write(id, [first ?? new Uint8Array()])
    expect(jsonOf(await loaded(id))).toEqual(text.json())
    await folding.fold(id)
    expect(jsonOf(await loaded(id))).toEqual(text.json())
  })

  test('rows that the journal does not know to be on disk are left alone', async () => {
    const id = newId()
    const text = new RandomText(12)
    await write(id, text.edit(10))
    // Written, but the answer has not come.
    await storage.appendJournal([
      { documentId: id, seq: 11, update: text.edit(1)[0] ?? new Uint8Array(), authorId: null, at: now },
    ])
    expect(await folding.fold(id)).toBe(10)
    expect((await storage.loadText(id)).rows.map((row) => row.seq)).toEqual([11])
    expect(jsonOf(await loaded(id))).toEqual(text.json())
  })

  test('[SAVE-1] SIGKILL at any moment of writing and folding leaves the text and its history whole', async () => {
    const id = newId()
    await close()
    for (let round = 0; round < 5; round++) {
      const child = fork(new URL('./foldingKilled.ts', import.meta.url), [file(), id, String(round)], { execArgv: [] })
      let acknowledged: Uint8Array = new Uint8Array()
      let folds = 0
      let edits = 0
      const enough = Promise.withResolvers<void>()
      child.on('message', (message) => {
        const word = message as { vector?: string; folds?: number }
        if (word.folds !== undefined) folds++
        if (word.vector === undefined) return
        acknowledged = Buffer.from(word.vector, 'base64')
        // Not at the end of a fold, but anywhere within the next one.
        if (folds > 0 && ++edits > round * 13) enough.resolve()
      })
      child.on('exit', () => enough.resolve())
      await enough.promise
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).toBe('SIGKILL')

      await open()
      const load = await loaded(id)
      const vector = Y.decodeStateVector(Y.encodeStateVector(load))
      expect(acknowledged.byteLength).toBeGreaterThan(0)
      for (const [client, length] of Y.decodeStateVector(acknowledged))
        expect(vector.get(client) ?? 0).toBeGreaterThanOrEqual(length)
      expect(load.store.pendingStructs).toBeNull()
      const { doc } = await replayed(id)
      expect(jsonOf(doc)).toEqual(jsonOf(load))
      expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(load))).toBe(true)
      await close()
    }
    await open()
  })
})

describe('the folding queue', () => {
  test('folds by itself what has many rows, and what an earlier process left, but not a short journal', async () => {
    const [long, left, short] = [newId(), newId(), newId()]
    const text = new RandomText(31)
    const updates = text.edit(600)
    await write(left, updates)
    await close()
    await open()
    journal.onCommit((committed) => {
      for (const id of committed.keys()) folding.note(id)
    })
    await folding.start()
    await write(short, updates.slice(0, 100))
    journal.open(long, 0)
    // A commit each, as from people who type.
    for (const update of updates) {
      journal.enqueue(long, update, null)
      await journal.drain(20_000)
    }
    await vi.waitFor(
      async () => {
        expect(await count('snapshots', left)).toBe(1)
        expect(await count('snapshots', long)).toBe(1)
      },
      { timeout: 40_000, interval: 50 },
    )
    expect(await count('journal', short)).toBe(100)
    expect(await count('journal', left)).toBe(0)
    for (const id of [long, left]) expect(jsonOf(await loaded(id))).toEqual(text.json())
    // Nobody has written into it for a minute.
    now += 61_000
    await vi.waitFor(async () => expect(await count('snapshots', short)).toBe(1), { timeout: 40_000, interval: 50 })
    expect(await count('journal', short)).toBe(0)
  })
})

describe('a damaged text', () => {
  const damaged = async (sql: string, blob: 'state' | 'update', seq: number | null) => {
    const [id, other] = [newId(), newId()]
    const text = new RandomText(21)
    for (const target of [id, other]) {
      journal.open(target, 0)
      for (const update of new RandomText(21).edit(30)) journal.enqueue(target, update, null)
      await journal.drain(20_000)
      await folding.fold(target)
      for (const update of new RandomText(21).edit(50).slice(30)) journal.enqueue(target, update, null)
      await journal.drain(20_000)
    }
    text.edit(50)
    const stored = await storage.loadText(id)
    const bytes = Buffer.from(
      (blob === 'state' ? stored.snapshot : stored.rows.find((row) => row.seq === seq)?.update) ?? [],
    )
    // In the middle, where text stands: Yjs itself would read it without complaint.
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    tamper(sql, ...(sql.includes('set') ? [bytes] : []), id)
    const failure = await loaded(id).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(CorruptText)
    expect(failure).toMatchObject({ documentId: id, seq })
    await expect(folding.fold(id)).rejects.toBeInstanceOf(CorruptText)
    expect(await count('journal', id)).toBe((await storage.loadText(id)).rows.length)
    expect(jsonOf(await loaded(other))).toEqual(text.json())
  }

  test('[SAVE-7] a flipped bit in the snapshot is found', () =>
    damaged('update snapshots set state = ? where document_id = ?', 'state', null))
  test('[SAVE-7] a flipped bit in a row is found', () =>
    damaged('update journal set "update" = ? where seq = 40 and document_id = ?', 'update', 40))
  test('[SAVE-7] a missing row is found', () =>
    damaged('delete from journal where seq = 41 and document_id = ?', 'update', 41))
  test('[SAVE-7] a missing snapshot is found', () => damaged('delete from snapshots where document_id = ?', 'state', 1))
})

/** All text that a document without garbage collection has ever held, sorted by who wrote it and when. */
function everWritten(doc: Y.Doc): string {
  const clients = [...doc.store.clients].sort(([a], [b]) => a - b)
  return clients
    .map(([client, structs]) => {
      const texts = structs.map((struct) =>
        struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '',
      )
      return `${client}:${texts.join('')}`
    })
    .join('\n')
}
