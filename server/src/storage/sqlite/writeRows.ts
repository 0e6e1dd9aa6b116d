import type { Database as Connection } from 'better-sqlite3'
import { blobCrc } from '../blobCrc.ts'
import type { PackedRows } from './packRows.ts'

/** Makes the function that writes a batch in one transaction, or nothing of it. */
export function rowWriter(db: Connection): (rows: PackedRows) => void {
  const insert = db.prepare(
    'insert into journal (document_id, seq, "update", author_id, at, crc) values (?, ?, ?, ?, ?, ?) on conflict do nothing',
  )
  const find = db.prepare<[string, number], { update: Buffer; author_id: string | null }>(
    'select "update", author_id from journal where document_id = ? and seq = ?',
  )
  const claim = db.prepare(
    'insert into client_ids (document_id, client_id, user_id, claimed_at) values (?, ?, ?, ?) on conflict do nothing',
  )
  const foldedTo = db.prepare<[string], number>('select seq from snapshots where document_id = ?').pluck()

  return db.transaction((rows: PackedRows) => {
    for (const { row, clientId, userId } of rows.claims)
      claim.run(rows.documentIds[row], clientId, userId, rows.ats[row])
    const folded = new Map<string, number>()
    let offset = 0
    for (let i = 0; i < rows.seqs.length; i++) {
      const documentId = rows.documentIds[i] as string
      const seq = rows.seqs[i] as number
      const length = rows.lengths[i] as number
      const update = rows.bytes.subarray(offset, offset + length)
      offset += length
      let fold = folded.get(documentId)
      if (fold === undefined) {
        fold = foldedTo.get(documentId) ?? 0
        folded.set(documentId, fold)
      }
      // Folding takes only what was acknowledged, so this is no repeat: somebody counts wrongly.
      if (seq <= fold) throw new RowTaken(documentId, seq)
      const { changes } = insert.run(documentId, seq, update, rows.authorIds[i], rows.ats[i], blobCrc(update))
      if (changes === 1) continue
      if (find.get(documentId, seq)?.update.equals(update) !== true) throw new RowTaken(documentId, seq)
    }
  }).immediate
}

/** A different update has this sequence: two writers count the same document. */
export class RowTaken extends Error {
  readonly code = 'WEFT_ROW_TAKEN'
  constructor(documentId: string, seq: number) {
    super(`another update has the sequence ${seq} in ${documentId}`)
  }
}
