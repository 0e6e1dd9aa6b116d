import { join } from 'node:path'
import Connection from 'better-sqlite3'

/** What the database of a server holds of the text of all its documents, read past the server. */
export interface StoredBytes {
  /** Rows of the journal that no fold has packed yet. */
  rows: number
  rowBytes: number
  snapshotBytes: number
  /** The history, packed. */
  segmentBytes: number
  integrity: unknown
}

export function storedBytes(dir: string): StoredBytes {
  const disk = new Connection(join(dir, 'weft.sqlite'), { readonly: true })
  try {
    const one = (sql: string) => disk.prepare<[], number | null>(sql).pluck().get() ?? 0
    return {
      rows: one('select count(*) from journal'),
      rowBytes: one('select sum(length("update")) from journal'),
      snapshotBytes: one('select sum(length(state)) from snapshots'),
      segmentBytes: one('select sum(length(data)) from segments'),
      integrity: disk.pragma('integrity_check', { simple: true }),
    }
  } finally {
    disk.close()
  }
}
