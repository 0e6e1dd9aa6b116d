import { type DocumentId, WeftError } from '@weft/shared/kit'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/index.ts'

/** Rows behind the snapshot at which a document is folded: a load reads them in some milliseconds. */
export const foldAtRows = 500
/** The same in bytes. */
export const foldAtBytes = 2 * 1024 * 1024
/** One more row for so many bytes of snapshot, since each fold writes the whole of it again. */
const snapshotBytesForARow = 4_096
/** Without a new row for so long (ms), a document is folded already from so few rows on. */
const idleMs = 60_000
const foldAtRowsIdle = 10
/** Commits of a document between two looks at its rows. */
const notesBetweenLooks = 50
const tickMs = 1_000
/** Documents looked at in one tick: about a millisecond of the main thread. */
const looksAtOnce = 20
/** A document that could not be folded is left alone for so long (ms); it only loads more slowly. */
const pauseAfterFailure = 10 * 60_000
/** The same when storage could not take it. */
const pauseAfterStop = 10_000

interface Noted {
  notes: number
  lastAt: number
  notBefore: number
}

interface Options {
  storage: Storage
  clock: Clock
  log: Log
  fold(documentId: DocumentId): Promise<number>
}

/** Decides which documents are folded, and when. */
export class FoldingQueue {
  readonly #options: Options
  readonly #noted = new Map<DocumentId, Noted>()
  #timer: NodeJS.Timeout | undefined
  #ticking: Promise<void> | null = null
  #stopped = false

  constructor(options: Options) {
    this.#options = options
  }

  note(documentId: DocumentId): void {
    const now = this.#options.clock.now()
    const noted = this.#noted.get(documentId)
    if (noted === undefined) this.#noted.set(documentId, { notes: 1, lastAt: now, notBefore: 0 })
    else {
      noted.notes++
      noted.lastAt = now
    }
  }

  /** Finds what an earlier process left unfolded, and begins. */
  async start(): Promise<void> {
    const left = await this.#options.storage.read
      .selectFrom('journal')
      .select('document_id')
      .groupBy('document_id')
      .having((eb) => eb.fn.countAll(), '>=', foldAtRowsIdle)
      .execute()
    for (const { document_id } of left)
      if (!this.#noted.has(document_id))
        this.#noted.set(document_id, { notes: notesBetweenLooks, lastAt: 0, notBefore: 0 })
    this.#timer = setInterval(() => {
      this.#ticking ??= this.#tick().finally(() => {
        this.#ticking = null
      })
    }, tickMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#ticking
  }

  async #tick(): Promise<void> {
    const now = this.#options.clock.now()
    let looks = 0
    for (const [documentId, noted] of this.#noted) {
      if (this.#stopped || looks >= looksAtOnce) return
      const idle = now - noted.lastAt >= idleMs
      if (now < noted.notBefore || !(idle || noted.notes >= notesBetweenLooks)) continue
      looks++
      await this.#look(documentId, noted, idle)
    }
  }

  async #look(documentId: DocumentId, noted: Noted, idle: boolean): Promise<void> {
    const { fold, log, clock } = this.#options
    noted.notes = 0
    if (idle) this.#noted.delete(documentId)
    try {
      if (await this.#isDue(documentId, idle)) await fold(documentId)
    } catch (error) {
      if (this.#stopped) return
      log.error({ err: error, documentId }, 'a document could not be folded')
      const pause = error instanceof WeftError && error.reaction === 'retry' ? pauseAfterStop : pauseAfterFailure
      // Kept as noted enough, so that it is looked at again without a new row.
      const notes = Math.max(noted.notes, notesBetweenLooks)
      this.#noted.set(documentId, { ...noted, notes, notBefore: clock.now() + pause })
    }
  }

  async #isDue(documentId: DocumentId, idle: boolean): Promise<boolean> {
    const { read } = this.#options.storage
    const snapshot = await read
      .selectFrom('snapshots')
      .select((eb) => eb.fn<number>('length', ['state']).as('bytes'))
      .where('document_id', '=', documentId)
      .executeTakeFirst()
    const behind = await read
      .selectFrom('journal')
      .select((eb) => [
        eb.fn.countAll<number>().as('rows'),
        eb.fn.sum<number | null>(eb.fn<number>('length', ['update'])).as('bytes'),
      ])
      .where('document_id', '=', documentId)
      .executeTakeFirstOrThrow()
    if (idle) return behind.rows >= foldAtRowsIdle
    return (
      behind.rows >= foldAtRows + (snapshot?.bytes ?? 0) / snapshotBytesForARow ||
      (behind.bytes ?? 0) >= foldAtBytes + (snapshot?.bytes ?? 0)
    )
  }
}
