import type { DocumentId, UserId } from '@weft/shared/kit'
import { blobCrc, type Storage } from '../storage/index.ts'
import { unpackSegment } from './segmentsPack.ts'
import { CorruptText } from './textStore.ts'

/** Pieces read at once. */
const pageSize = 100

/** A run of one author's updates, or one update that is not folded yet. Times in ms since 1970. */
export interface HistoryPiece {
  fromSeq: number
  toSeq: number
  authorId: UserId | null
  fromAt: number
  toAt: number
  update: Uint8Array
}

/**
 * All that was ever written into a document, in order, deleted text included: apply it to a `Y.Doc` with `gc: false`.
 * Folding may go on meanwhile. Throws `CorruptText` for a piece that is damaged or missing.
 */
export async function* replayHistory(storage: Storage, documentId: DocumentId): AsyncGenerator<HistoryPiece, void> {
  let position = 0
  for (;;) {
    const page =
      (await segmentsBehind(storage, documentId, position)) ?? (await rowsBehind(storage, documentId, position))
    if (page === null) return
    for (const piece of page) {
      if (piece.fromSeq !== position + 1) throw new CorruptText(documentId, position + 1, 'is missing')
      position = piece.toSeq
      yield piece
    }
  }
}

async function segmentsBehind(
  storage: Storage,
  documentId: DocumentId,
  position: number,
): Promise<HistoryPiece[] | null> {
  const rows = await storage.read
    .selectFrom('segments')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('from_seq', '>', position)
    .orderBy('from_seq')
    .limit(pageSize)
    .execute()
  if (rows.length === 0) return null
  return rows.map((row) => {
    if (row.crc !== null && blobCrc(row.data) !== row.crc)
      throw new CorruptText(documentId, row.from_seq, 'is damaged in the history: its checksum does not fit')
    return {
      fromSeq: row.from_seq,
      toSeq: row.to_seq,
      authorId: row.author_id,
      fromAt: row.from_at,
      toAt: row.to_at,
      update: unpackSegment(row.data),
    }
  })
}

async function rowsBehind(storage: Storage, documentId: DocumentId, position: number): Promise<HistoryPiece[] | null> {
  const rows = await storage.read
    .selectFrom('journal')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('seq', '>', position)
    .orderBy('seq')
    .limit(pageSize)
    .execute()
  // Folded since the segments were looked for, unless there is nothing more.
  if (rows[0]?.seq !== position + 1) return segmentsBehind(storage, documentId, position)
  return rows.map((row) => {
    if (row.crc !== null && blobCrc(row.update) !== row.crc)
      throw new CorruptText(documentId, row.seq, 'is damaged: its checksum does not fit')
    return {
      fromSeq: row.seq,
      toSeq: row.seq,
      authorId: row.author_id,
      fromAt: row.at,
      toAt: row.at,
      update: row.update,
    }
  })
}
