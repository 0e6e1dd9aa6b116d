import type { DocumentId, UserId } from '@weft/shared/kit'
import type { Database as Connection } from 'better-sqlite3'
import type { StoredText } from '../port.ts'

interface SnapshotRow {
  seq: number
  state: Uint8Array
  crc: number | null
}
interface TextRow {
  seq: number
  update: Uint8Array
  authorId: UserId | null
  at: number
  crc: number | null
}

/** Makes the function that reads a document's snapshot and rows in one read transaction. */
export function textReader(db: Connection): (documentId: DocumentId) => StoredText {
  const snapshot = db.prepare<[string], SnapshotRow>('select seq, state, crc from snapshots where document_id = ?')
  const rows = db.prepare<[string, number], TextRow>(
    'select seq, "update", author_id as authorId, at, crc from journal where document_id = ? and seq > ? order by seq',
  )
  return db.transaction((documentId: DocumentId) => {
    const start = snapshot.get(documentId)
    const found = rows.all(documentId, start?.seq ?? 0)
    return {
      snapshot: start?.state ?? null,
      snapshotSeq: start?.seq ?? 0,
      snapshotCrc: start?.crc ?? null,
      rows: found,
      head: found.at(-1)?.seq ?? start?.seq ?? 0,
    }
  })
}
