import type { DocumentId } from '@weft/shared/kit'
import { blobCrc, type Storage, type StoredText, type Writer } from '../storage/index.ts'
import type { Folded } from './foldingText.ts'

/** Segments in one statement: 9 parameters each, of the 32,766 that SQLite takes. */
const segmentsAtOnce = 1_000

/**
 * Puts a fold in the place of the rows it was made of, in one transaction; false if the rows or the snapshot are no
 * longer those that were read. A kill leaves either all of it or nothing.
 */
export function commitFold(
  storage: Storage,
  documentId: DocumentId,
  read: StoredText,
  folded: Folded,
  now: number,
): Promise<boolean> {
  return storage.transaction(async (tx) => {
    if (!(await isUnchanged(tx, documentId, read))) return false
    const rows = folded.segments.map((segment) => ({
      document_id: documentId,
      from_seq: segment.fromSeq,
      to_seq: segment.toSeq,
      author_id: segment.authorId,
      from_at: segment.fromAt,
      to_at: segment.toAt,
      data: segment.data,
      crc: blobCrc(segment.data),
    }))
    for (let i = 0; i < rows.length; i += segmentsAtOnce)
      await tx
        .insertInto('segments')
        .values(rows.slice(i, i + segmentsAtOnce))
        .execute()
    const snapshot = { seq: read.head, state: folded.state, at: now, crc: blobCrc(folded.state) }
    await tx
      .insertInto('snapshots')
      .values({ document_id: documentId, ...snapshot })
      .onConflict((row) => row.column('document_id').doUpdateSet(snapshot))
      .execute()
    await tx.deleteFrom('journal').where('document_id', '=', documentId).where('seq', '<=', read.head).execute()
    return true
  })
}

async function isUnchanged(tx: Writer, documentId: DocumentId, read: StoredText): Promise<boolean> {
  const snapshot = await tx
    .selectFrom('snapshots')
    .select(['seq', 'crc'])
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  if ((snapshot?.seq ?? 0) !== read.snapshotSeq || (snapshot?.crc ?? null) !== read.snapshotCrc) return false
  const rows = await tx
    .selectFrom('journal')
    .select(['seq', 'crc'])
    .where('document_id', '=', documentId)
    .where('seq', '<=', read.head)
    .orderBy('seq')
    .execute()
  return (
    rows.length === read.rows.length &&
    rows.every((row, i) => row.seq === read.rows[i]?.seq && row.crc === read.rows[i]?.crc)
  )
}
