import type { DocumentId } from '@weft/shared/kit'
import { type RawBuilder, sql } from 'kysely'
import type { Storage } from '../storage/port.ts'
import type { DocumentsDependencies } from './dependencies.ts'

/** What was on its way to the disk when a document went has got there after so long; ms. */
const afterwards = 24 * 3_600_000

/**
 * Rows of a text that go in one statement, by table: a segment may be some megabytes, and everybody's edits wait for the
 * transaction.
 */
const slices: readonly [rows: number, statement: (id: DocumentId, most: number) => RawBuilder<unknown>][] = [
  [
    1_000,
    (id, most) => sql`delete from journal where document_id = ${id}
      and seq in (select seq from journal where document_id = ${id} limit ${most})`,
  ],
  [
    20,
    (id, most) => sql`delete from segments where document_id = ${id}
      and from_seq in (select from_seq from segments where document_id = ${id} limit ${most})`,
  ],
  [1, (id) => sql`delete from snapshots where document_id = ${id}`],
  [
    5_000,
    (id, most) => sql`delete from client_ids where document_id = ${id}
      and client_id in (select client_id from client_ids where document_id = ${id} limit ${most})`,
  ],
]

/**
 * Deletes the texts of documents that are gone for good, slice by slice. Which these are stands in a table, so that a
 * restart goes on where the last process ended.
 */
export function createTextSweep({ storage, clock }: Pick<DocumentsDependencies, 'storage' | 'clock'>) {
  let stopped = false

  async function sweepOne(documentId: DocumentId): Promise<void> {
    for (const [most, statement] of slices) {
      while (!stopped && (await deleted(storage, statement(documentId, most))) >= most) {
        // Until one finds less than it may take.
      }
    }
  }

  return {
    async run(): Promise<void> {
      const rows = await storage.read.selectFrom('purged_texts').select(['document_id', 'at']).execute()
      for (const { document_id: documentId, at } of rows) {
        await sweepOne(documentId)
        if (stopped) return
        if (at > clock.now() - afterwards) continue
        await storage.transaction((tx) => tx.deleteFrom('purged_texts').where('document_id', '=', documentId).execute())
      }
    },
    stop(): void {
      stopped = true
    },
  }
}

const deleted = async (storage: Storage, statement: RawBuilder<unknown>): Promise<number> =>
  storage.transaction(async (tx) => Number((await statement.execute(tx)).numAffectedRows ?? 0))
