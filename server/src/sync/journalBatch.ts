import type { DocumentId } from '@weft/shared/kit'
import type { JournalRow } from '../storage/index.ts'

/**
 * The most bytes in one commit. What is behind it waits for the next: a transaction of this size takes some 50 ms,
 * and the disk's cache is not flooded after an outage.
 */
const batchBytes = 4 * 1024 * 1024
const batchRows = 5_000

/** How many rows at the front of a queue go into one commit; at least one if there is any. */
export function batchLength(queue: readonly JournalRow[]): number {
  let bytes = 0
  let length = 0
  for (const row of queue) {
    bytes += row.update.byteLength
    if (length > 0 && (bytes > batchBytes || length >= batchRows)) break
    length++
  }
  return length
}

/** The documents of a committed batch and the last sequence of each, which its rows are in order of. */
export function committedBy(batch: readonly JournalRow[]): Map<DocumentId, number> {
  const committed = new Map<DocumentId, number>()
  for (const row of batch) committed.set(row.documentId, row.seq)
  return committed
}

/** The rows of the document that is first in a queue, up to the bounds of a batch, and all others in their order. */
export function splitFirstDocument(queue: readonly JournalRow[]): [first: JournalRow[], rest: JournalRow[]] {
  const own = queue.filter((row) => row.documentId === queue[0]?.documentId)
  const length = batchLength(own)
  const taken = new Set(own.slice(0, length))
  return [own.slice(0, length), queue.filter((row) => !taken.has(row))]
}
