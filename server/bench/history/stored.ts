import { join } from 'node:path'
import { must } from '@weft/shared/kit'
import Database from 'better-sqlite3'
import type { TargetName } from '../target.ts'

/** What a server keeps of its one document, in rows and bytes, read past it. */
export interface Stored {
  /** What the document is loaded from. */
  snapshotBytes: number
  journalRows: number
  segments: number
  segmentBytes: number
  /** The whole database. */
  fileBytes: number
}

const databases = {
  plain: {
    file: 'plain.sqlite',
    sums: 'SELECT sum(length(data)) snapshotBytes, 0 journalRows, 0 segments, 0 segmentBytes FROM documents',
  },
  weft: {
    file: 'weft.db',
    sums: `SELECT (SELECT max(length(state)) FROM snapshots) snapshotBytes, (SELECT count(*) FROM journal) journalRows,
      (SELECT count(*) FROM segments) segments, (SELECT sum(length(data)) FROM segments) segmentBytes`,
  },
} as const satisfies Record<TargetName, { file: string; sums: string }>

export function storedBy(name: TargetName, folder: string): Stored {
  const { file, sums } = databases[name]
  const database = new Database(join(folder, file), { readonly: true })
  try {
    const row = must(database.prepare<[], Omit<Stored, 'fileBytes'>>(sums).get(), 'a row of sums')
    const pages = Number(database.pragma('page_count', { simple: true }))
    return { ...row, fileBytes: pages * Number(database.pragma('page_size', { simple: true })) }
  } finally {
    database.close()
  }
}

/** The stock server stores up to 10 s after an edit; Weft folds the rest of a journal a minute after the last one. */
const patience = 300_000
/** Rows that are not worth a fold (`foldAtRowsIdle`). */
const restingRows = 10

/** Waits until the document is as a server keeps it when nobody writes any more. */
export async function atRest(name: TargetName, folder: string): Promise<Stored> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    const stored = storedBy(name, folder)
    if (stored.snapshotBytes > 0 && stored.journalRows < restingRows) return stored
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('the document did not come to rest')
}
