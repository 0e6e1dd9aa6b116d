import type { DocumentId } from '@weft/shared/kit'
import type { JournalRun } from './textPort.ts'

/** Rows of one author within so long become one run: short beside a spell's pause, and some ten keys. ms */
const mergedWithin = 1_000
/** Of one document. With more of them nobody counts: the journal has them all. */
const mostRuns = 1_000
/** How many runs are looked through for one to go on with: as many as write at once, about. */
const writersLooked = 8

/** What is told of a document without a gap. */
export interface Heard {
  runs: JournalRun[]
  /** The last sequence that they reach. */
  toSeq: number
}

interface Kept extends Heard {
  fromSeq: number
  /** Nothing came since the last look. */
  idle: boolean
}

/** What sync told of each document since it was counted last: reading it back from the journal costs ten times more. */
export class HeardRuns {
  readonly #kept = new Map<DocumentId, Kept>()

  /** Runs as they were committed, in order, each without mentions or alone. */
  add(documentId: DocumentId, runs: readonly JournalRun[]): void {
    for (const run of runs) {
      const kept = this.#kept.get(documentId)
      if (kept === undefined || run.fromSeq !== kept.toSeq + 1 || kept.runs.length >= mostRuns) {
        // What the count has come to already, or behind a gap that only the journal can fill.
        if (kept !== undefined && run.toSeq <= kept.toSeq) continue
        const { fromSeq, toSeq } = run
        this.#kept.set(documentId, { fromSeq, toSeq, runs: [run], idle: false })
        continue
      }
      kept.toSeq = run.toSeq
      kept.idle = false
      if (!merge(kept.runs, run)) kept.runs.push(run)
    }
  }

  /** Hands out what follows `seq`; null: nothing was heard, or not without a gap, and the journal has to be read. */
  take(documentId: DocumentId, seq: number): Heard | null {
    const kept = this.#kept.get(documentId)
    if (kept?.fromSeq !== seq + 1 || kept.runs.length === 0) {
      this.#kept.delete(documentId)
      return null
    }
    const { runs, toSeq } = kept
    this.readTo(documentId, toSeq)
    return { runs, toSeq }
  }

  /** The journal has been read up to `seq`: what comes is known from there on. */
  readTo(documentId: DocumentId, seq: number): void {
    this.#kept.set(documentId, { fromSeq: seq + 1, toSeq: seq, runs: [], idle: false })
  }

  /** Forgets documents in which nothing was written since the last sweep. */
  sweep(): void {
    for (const [documentId, kept] of this.#kept) {
      if (kept.runs.length > 0) continue
      if (kept.idle) this.#kept.delete(documentId)
      kept.idle = true
    }
  }
}

/** Adds a run to one of the same author just before it; false: there is none. */
function merge(runs: JournalRun[], run: JournalRun): boolean {
  if (run.mentions.length > 0) return false
  for (let at = runs.length - 1; at >= Math.max(0, runs.length - writersLooked); at--) {
    const before = runs[at]
    if (before === undefined || before.authorId !== run.authorId) continue
    const isNear = run.toAt >= before.toAt && run.toAt - before.fromAt <= mergedWithin
    if (!isNear || before.mentions.length > 0) return false
    runs[at] = {
      ...before,
      toSeq: run.toSeq,
      toAt: run.toAt,
      edits: before.edits + run.edits,
      added: before.added + run.added,
      removed: before.removed + run.removed,
    }
    return true
  }
  return false
}
