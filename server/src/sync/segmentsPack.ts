import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { UserId } from '@weft/shared/kit'
import { mergeMany } from '@weft/shared/text'

/** A pause, and a whole, after which a run of one author is cut: those of an editing spell. In ms. */
const longestPause = 10 * 60_000
const longestRun = 60 * 60_000
/** Most bytes of updates in one run, so that reading a piece of history never takes much at once. */
const largestRun = 1024 * 1024

export interface FoldRow {
  seq: number
  update: Uint8Array
  authorId: UserId | null
  at: number
}

/** A run of one author's consecutive updates, packed. */
export interface Segment {
  fromSeq: number
  toSeq: number
  authorId: UserId | null
  fromAt: number
  toAt: number
  data: Uint8Array
}

/**
 * Packs rows into runs of one author, in order, with all that was deleted: updates are merged, and never pass through a
 * `Y.Doc`, which would collect it.
 */
export function packSegments(rows: readonly FoldRow[]): Segment[] {
  return runsOf(rows).map(({ first, last, updates }) => ({
    fromSeq: first.seq,
    toSeq: last.seq,
    authorId: first.authorId,
    fromAt: first.at,
    // A clock that was set back must not make a range that ends before it begins.
    toAt: Math.max(first.at, last.at),
    data: deflateRawSync(mergeMany(updates)),
  }))
}

/** The update in a segment's data. Throws for bytes that are no segment. */
export function unpackSegment(data: Uint8Array): Uint8Array {
  return new Uint8Array(inflateRawSync(data))
}

interface Run {
  first: FoldRow
  last: FoldRow
  updates: Uint8Array[]
  bytes: number
}

function runsOf(rows: readonly FoldRow[]): Run[] {
  const runs: Run[] = []
  let run: Run | undefined
  for (const row of rows) {
    if (run === undefined || !belongs(run, row)) {
      run = { first: row, last: row, updates: [], bytes: 0 }
      runs.push(run)
    }
    run.updates.push(row.update)
    run.bytes += row.update.byteLength
    run.last = row
  }
  return runs
}

const belongs = (run: Run, row: FoldRow): boolean =>
  row.authorId === run.first.authorId &&
  row.at - run.last.at <= longestPause &&
  row.at - run.first.at <= longestRun &&
  run.bytes + row.update.byteLength <= largestRun
