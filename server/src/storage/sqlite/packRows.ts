import type { ClientIdClaim, JournalRow } from '../port.ts'

/**
 * A batch as columns and one buffer of its own: cloning views of pooled buffers would copy the pools, and the caller goes
 * on using its updates.
 */
export interface PackedRows {
  documentIds: string[]
  seqs: number[]
  authorIds: (string | null)[]
  ats: number[]
  lengths: number[]
  bytes: Uint8Array<ArrayBuffer>
  /** Of the row with this index. */
  claims: (ClientIdClaim & { row: number })[]
}

/** Copies the updates of a batch behind each other. */
export function packRows(rows: readonly JournalRow[]): PackedRows {
  let size = 0
  for (const row of rows) size += row.update.byteLength
  const packed: PackedRows = {
    documentIds: [],
    seqs: [],
    authorIds: [],
    ats: [],
    lengths: [],
    bytes: new Uint8Array(size),
    claims: [],
  }
  let at = 0
  for (const row of rows) {
    for (const claim of row.claims ?? []) packed.claims.push({ ...claim, row: packed.seqs.length })
    packed.documentIds.push(row.documentId)
    packed.seqs.push(row.seq)
    packed.authorIds.push(row.authorId)
    packed.ats.push(row.at)
    packed.lengths.push(row.update.byteLength)
    packed.bytes.set(row.update, at)
    at += row.update.byteLength
  }
  return packed
}
