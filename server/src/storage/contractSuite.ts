import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { blobCrc } from './blobCrc.ts'
import type { JournalRow, Storage, Writer } from './port.ts'

const scope = 'installation'
const newId = (): DocumentId => DocumentId.parse(randomId())
const rowsOf = (documentId: DocumentId, from: number, to: number): JournalRow[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    documentId,
    seq: from + i,
    update: Uint8Array.from({ length: 1 + ((from + i) % 300) }, (_, at) => (from + i + at) % 256),
    authorId: null,
    at: 1_000 + i,
  }))
const seqs = async (storage: Storage, documentId: DocumentId): Promise<number[]> =>
  (await storage.loadText(documentId)).rows.map((row) => row.seq)
const headOf = (storage: Storage) =>
  storage.read
    .selectFrom('event_heads')
    .select('seq')
    .where('scope', '=', scope)
    .executeTakeFirst()
    .then((row) => row?.seq)

/** What every backend must do; `open` gives a new, empty database that is deleted with the test. */
export function describeStorage(name: string, open: () => Promise<Storage>): void {
  describe(name, () => {
    let storage: Storage
    beforeEach(async () => {
      storage = await open()
    })
    afterEach(() => storage.close())

    const setHead = (seq: number) =>
      storage.transaction((tx) =>
        tx
          .insertInto('event_heads')
          .values({ scope, seq })
          .onConflict((row) => row.column('scope').doUpdateSet({ seq }))
          .execute(),
      )

    test('a transaction is seen whole by readers, and only after its commit', async () => {
      const seenInside = await storage.transaction(async (tx) => {
        await tx.insertInto('event_heads').values({ scope, seq: 1 }).execute()
        await tx.insertInto('events').values({ scope, seq: 1, type: 't', actor_id: null, fact: '{}', at: 1 }).execute()
        return headOf(storage)
      })
      expect(seenInside).toBeUndefined()
      expect(await headOf(storage)).toBe(1)
      expect(await storage.read.selectFrom('events').select('seq').execute()).toEqual([{ seq: 1 }])
    })

    test('[EVENT-1] a transaction whose work throws leaves nothing, and passes the error on', async () => {
      const error = new Error('on purpose')
      const failing = storage.transaction(async (tx) => {
        await tx.insertInto('event_heads').values({ scope, seq: 1 }).execute()
        throw error
      })
      await expect(failing).rejects.toBe(error)
      expect(await headOf(storage)).toBeUndefined()
      await setHead(2)
      expect(await headOf(storage)).toBe(2)
    })

    test('read-then-write transactions that run at once lose no update', async () => {
      await setHead(1)
      await Promise.all(
        Array.from({ length: 50 }, () =>
          storage.transaction(async (tx) => {
            const { seq } = await tx.selectFrom('event_heads').select('seq').executeTakeFirstOrThrow()
            await tx
              .updateTable('event_heads')
              .set({ seq: seq + 1 })
              .execute()
          }),
        ),
      )
      expect(await headOf(storage)).toBe(51)
    })

    test('what goes with the commit is run behind all else, in its order, and fails the transaction as a whole', async () => {
      const change = (last: number, fails: boolean) =>
        storage.transaction(async (tx) => {
          storage.withCommit(tx, tx.insertInto('event_heads').values({ scope, seq: 1 }))
          const raise = tx.updateTable('event_heads').set((eb) => ({ seq: eb('seq', '*', last) }))
          storage.withCommit(tx, raise)
          if (fails) storage.withCommit(tx, tx.insertInto('event_heads').values({ scope, seq: 9 }))
          expect(await tx.selectFrom('event_heads').selectAll().execute()).toEqual([])
        })
      await expect(change(5, true)).rejects.toThrow('UNIQUE')
      expect(await headOf(storage)).toBeUndefined()
      await change(5, false)
      expect(await headOf(storage)).toBe(5)
      const undone = storage.transaction(async (tx) => {
        storage.withCommit(tx, tx.deleteFrom('event_heads'))
        await tx.updateTable('event_heads').set({ seq: 8 }).execute()
        throw new Error('on purpose')
      })
      await expect(undone).rejects.toThrow('on purpose')
      expect(await headOf(storage)).toBe(5)
    })

    test('what goes with a commit says what it came to, and what it saw of what went before it', async () => {
      const raised = (tx: Writer) =>
        tx
          .updateTable('event_heads')
          .set((eb) => ({ seq: eb('seq', '+', 1) }))
          .returning('seq')
      const heard: { seq: number }[] = []
      const said = await storage.transaction(async (tx) => {
        await tx.insertInto('event_heads').values({ scope, seq: 1 }).execute()
        const [first, second] = [storage.withCommit(tx, raised(tx)), storage.withCommit(tx, raised(tx))]
        expect(first).toThrow('when it is committed')
        storage.afterCommit(tx, () => heard.push(...second()))
        return first
      })
      expect(said()).toEqual([{ seq: 2 }])
      expect(heard).toEqual([{ seq: 3 }])
    })

    test('a statement that fails as the first of its transaction leaves the writer free, and the transaction whole', async () => {
      await setHead(1)
      const double = (tx: Writer) => tx.insertInto('event_heads').values({ scope, seq: 2 }).execute()
      await expect(storage.transaction(double)).rejects.toThrow('UNIQUE')
      await storage.transaction(async (tx) => {
        await expect(double(tx)).rejects.toThrow('UNIQUE')
        await tx.updateTable('event_heads').set({ seq: 5 }).execute()
      })
      expect(await headOf(storage)).toBe(5)
    })

    test('a transaction that keeps the writer is taken back, and the next one goes on', async () => {
      let late: Promise<unknown> = Promise.resolve()
      const released = Promise.withResolvers<void>()
      const hanging = storage.transaction(async (tx) => {
        await tx.insertInto('event_heads').values({ scope, seq: 7 }).execute()
        await released.promise
        late = tx
          .insertInto('event_heads')
          .values({ scope: newId() as never, seq: 8 })
          .execute()
        await late
      })
      await expect(hanging).rejects.toMatchObject({ id: 'storage-stopped' })
      expect(await headOf(storage)).toBeUndefined()
      await setHead(3)
      released.resolve()
      await released.promise
      await expect(late).rejects.toThrow()
      expect(await storage.read.selectFrom('event_heads').select('seq').execute()).toEqual([{ seq: 3 }])
    })

    test('a transaction is not taken back while the thread that runs it is starved', async () => {
      const starve = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
      await storage.transaction(async (tx) => {
        await tx.insertInto('event_heads').values({ scope, seq: 1 }).execute()
        starve()
        await tx.updateTable('event_heads').set({ seq: 2 }).execute()
        starve()
        await tx.updateTable('event_heads').set({ seq: 3 }).execute()
      })
      expect(await headOf(storage)).toBe(3)
    })

    test('listeners to a commit are called in the order of commits, and not after a rollback', async () => {
      const heard: number[] = []
      const change = (n: number, fails: boolean) =>
        storage.transaction(async (tx) => {
          storage.afterCommit(tx, () => {
            heard.push(n)
            if (n === 1) throw new Error('a listener that fails')
          })
          await tx
            .insertInto('event_heads')
            .values({ scope: newId() as never, seq: n })
            .execute()
          if (fails) throw new Error('on purpose')
        })
      await Promise.allSettled([change(1, false), change(2, true), change(3, false), change(4, false)])
      expect(heard).toEqual([1, 3, 4])
    })

    test('the account connection runs single statements and transactions', async () => {
      await storage.account.insertInto('event_heads').values({ scope, seq: 1 }).execute()
      const failing = storage.account.transaction().execute(async (tx) => {
        await tx.updateTable('event_heads').set({ seq: 9 }).execute()
        throw new Error('on purpose')
      })
      await expect(failing).rejects.toThrow('on purpose')
      await storage.account.transaction().execute(async (tx) => {
        const { seq } = await tx.selectFrom('event_heads').select('seq').executeTakeFirstOrThrow()
        await tx
          .updateTable('event_heads')
          .set({ seq: seq + 1 })
          .execute()
      })
      expect(await headOf(storage)).toBe(2)
    })

    test('a statement that breaks a key fails alone and says so', async () => {
      await setHead(1)
      const insert = storage.account.insertInto('event_heads').values({ scope, seq: 2 }).execute()
      await expect(insert).rejects.toThrow()
      expect(await headOf(storage)).toBe(1)
    })

    test('[SAVE-1] journal rows come back in order, as bytes, with their checksum', async () => {
      const id = newId()
      const rows = rowsOf(id, 1, 700)
      await storage.appendJournal(rows.slice(0, 300))
      await storage.appendJournal(rows.slice(300))
      const text = await storage.loadText(id)
      expect(text).toMatchObject({ snapshot: null, snapshotSeq: 0, head: 700 })
      expect(text.rows.map((row) => [row.seq, [...row.update], row.crc])).toEqual(
        rows.map((row) => [row.seq, [...row.update], blobCrc(row.update)]),
      )
      expect(await storage.loadText(newId())).toMatchObject({ rows: [], head: 0 })
    })

    test('[SAVE-1] views of larger buffers are stored as what they show', async () => {
      const id = newId()
      const pool = Buffer.alloc(10_000, 7)
      pool.set([1, 2, 3], 5_000)
      const update = pool.subarray(5_000, 5_003)
      await storage.appendJournal([{ documentId: id, seq: 1, update, authorId: null, at: 1 }])
      expect([...((await storage.loadText(id)).rows[0]?.update ?? [])]).toEqual([1, 2, 3])
      expect([...update]).toEqual([1, 2, 3])
    })

    test('[SAVE-1] a batch whose answer was lost can be repeated; a sequence that was folded is taken', async () => {
      const id = newId()
      const rows = rowsOf(id, 1, 20)
      await storage.appendJournal(rows)
      await storage.appendJournal(rows)
      expect(await seqs(storage, id)).toEqual(rows.map((row) => row.seq))
      await storage.transaction(async (tx) => {
        await tx.deleteFrom('journal').where('document_id', '=', id).where('seq', '<=', 15).execute()
        const state = Uint8Array.of(0, 0)
        await tx
          .insertInto('snapshots')
          .values({ document_id: id, seq: 15, state, at: 1, crc: blobCrc(state) })
          .execute()
      })
      await expect(storage.appendJournal(rows.slice(10))).rejects.toThrow()
      await storage.appendJournal(rows.slice(15))
      expect(await seqs(storage, id)).toEqual([16, 17, 18, 19, 20])
      const stored = await storage.read.selectFrom('journal').select('seq').where('document_id', '=', id).execute()
      expect(stored).toHaveLength(5)
    })

    test('[SAVE-1] a different update under a taken sequence is refused with its whole batch', async () => {
      const [id, other] = [newId(), newId()]
      await storage.appendJournal(rowsOf(id, 1, 3))
      const clash = { documentId: id, seq: 3, update: Uint8Array.of(99), authorId: null, at: 1 }
      await expect(storage.appendJournal([...rowsOf(other, 1, 5), clash])).rejects.toThrow()
      expect(await seqs(storage, other)).toEqual([])
      expect([...((await storage.loadText(id)).rows[2]?.update ?? [])]).not.toEqual([99])
    })

    test('[IDENT-2] claims of client ids are stored with their row, or not at all', async () => {
      const [id, refused] = [newId(), newId()]
      const [ann, ben] = [UserId.parse(randomId()), UserId.parse(randomId())]
      const [first, second] = rowsOf(id, 1, 2) as [JournalRow, JournalRow]
      const claimed = async (documentId: DocumentId) =>
        (
          await storage.read
            .selectFrom('client_ids')
            .select(['client_id', 'user_id'])
            .where('document_id', '=', documentId)
            .orderBy('client_id')
            .execute()
        ).map((row) => [row.client_id, row.user_id])
      await storage.appendJournal([{ ...first, claims: [{ clientId: 7, userId: ann }] }])
      await storage.appendJournal([
        second,
        {
          ...(rowsOf(id, 3, 3)[0] as JournalRow),
          claims: [
            { clientId: 7, userId: ben },
            { clientId: 2 ** 32 - 1, userId: ben },
          ],
        },
      ])
      expect(await claimed(id)).toEqual([
        [7, ann],
        [2 ** 32 - 1, ben],
      ])
      const other = rowsOf(refused, 1, 1)[0] as JournalRow
      await expect(
        storage.appendJournal([
          { ...other, claims: [{ clientId: 9, userId: ann }] },
          { ...first, update: Uint8Array.of(1, 2, 3) },
        ]),
      ).rejects.toThrow()
      expect(await claimed(refused)).toEqual([])
    })

    test('journal batches go before commands that wait', async () => {
      const order: string[] = []
      const commands = Array.from({ length: 30 }, (_, n) => setHead(n).then(() => order.push('command')))
      const journal = storage.appendJournal(rowsOf(newId(), 1, 5)).then(() => order.push('journal'))
      await Promise.all([...commands, journal])
      expect(order.indexOf('journal')).toBeLessThanOrEqual(2)
    })

    test('a load sees the newest commit while somebody reads an older snapshot', async () => {
      const id = newId()
      await storage.appendJournal(rowsOf(id, 1, 1))
      await storage.read.transaction().execute(async (tx) => {
        const count = () => tx.selectFrom('journal').select('seq').where('document_id', '=', id).execute()
        expect(await count()).toHaveLength(1)
        await storage.appendJournal(rowsOf(id, 2, 2))
        expect(await count()).toHaveLength(1)
        expect((await storage.loadText(id)).head).toBe(2)
      })
    })

    test('closing waits for what was begun and refuses what comes after', async () => {
      const id = newId()
      const begun = [storage.appendJournal(rowsOf(id, 1, 5)), setHead(1)]
      const closing = storage.close()
      await Promise.all(begun)
      await closing
      await expect(storage.appendJournal(rowsOf(id, 6, 6))).rejects.toMatchObject({ id: 'storage-stopped' })
    })
  })
}
