import type { DocumentId } from '@weft/shared/kit'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage, StoredText } from '../storage/index.ts'
import { commitFold } from './foldingCommit.ts'
import { FoldingQueue } from './foldingQueue.ts'
import { createFoldingThread } from './foldingThread.ts'
import type { Journal } from './journal.ts'
import { checkText } from './textStore.ts'

/** Rows and bytes folded at once: some 100 ms of the folding thread, 20 ms of the writer. */
const mostRows = 5_000
const mostBytes = 16 * 1024 * 1024

/** Keeps journals short: packs rows into history and snapshots, away from the path of edits. */
export interface Folding {
  /** Tells that a document has new rows on disk. Cheap: called for each commit. */
  note(documentId: DocumentId): void
  /** Folds all that is on disk and acknowledged, now. Returns how many rows went into segments. */
  fold(documentId: DocumentId): Promise<number>
  start(): Promise<void>
  /** Resolves when no fold runs any more; one that has begun is dropped before its transaction, or completed. */
  stop(): Promise<void>
}

export interface FoldingDependencies {
  storage: Storage
  journal: Journal
  clock: Clock
  log: Log
}

export function createFolding({ storage, journal, clock, log }: FoldingDependencies): Folding {
  const thread = createFoldingThread()
  // One at a time: two folds of one document would be in each other's way, and the writer has others to serve.
  let turn: Promise<unknown> = Promise.resolve()
  let stopped = false

  const foldOnce = async (documentId: DocumentId): Promise<number> => {
    if (stopped) return 0
    const text = firstPart(await storage.loadText(documentId), journal, documentId)
    if (text.rows.length === 0) return 0
    checkText(documentId, text)
    const rows = text.rows.map(({ seq, update, authorId, at }) => ({ seq, update, authorId, at }))
    const folded = await thread.ask({ snapshot: text.snapshot, rows })
    return (await commitFold(storage, documentId, text, folded, clock.now())) ? rows.length : 0
  }

  const foldAll = async (documentId: DocumentId): Promise<number> => {
    for (let done = 0; ; ) {
      const rows = await foldOnce(documentId)
      done += rows
      if (rows < mostRows) return done
    }
  }

  const fold = (documentId: DocumentId): Promise<number> => {
    const result = turn.then(() => foldAll(documentId))
    turn = result.catch(() => {})
    return result
  }

  const queue = new FoldingQueue({ storage, clock, log, fold })
  return {
    fold,
    note: (documentId) => queue.note(documentId),
    start: () => queue.start(),
    async stop() {
      stopped = true
      await queue.stop()
      await thread.stop(new Error('the server is stopping'))
      await turn
    },
  }
}

/**
 * The first rows, up to the bounds and to what the journal knows to be on disk: a batch whose answer was lost is
 * repeated, and has to find its rows.
 */
function firstPart(text: StoredText, journal: Journal, documentId: DocumentId): StoredText {
  const acknowledged = journal.isOpen(documentId) ? journal.committed(documentId) : text.head
  let bytes = 0
  let length = 0
  for (const row of text.rows) {
    bytes += row.update.byteLength
    if (row.seq > acknowledged || length >= mostRows || (bytes > mostBytes && length > 0)) break
    length++
  }
  const rows = text.rows.slice(0, length)
  return { ...text, rows, head: rows.at(-1)?.seq ?? text.snapshotSeq }
}
