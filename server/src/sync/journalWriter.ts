import { type DocumentId, type UserId, WeftError } from '@weft/shared/kit'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import { type ClientIdClaim, type JournalRow, StatementError, type Storage } from '../storage/index.ts'
import type { Journal, SavingState } from './journal.ts'
import { batchLength, committedBy, splitFirstDocument } from './journalBatch.ts'

/** First and longest pause between attempts while the disk does not take rows, in ms. */
const firstPause = 50
const longestPause = 2_000
/** Between attempts to write the rows of a document that were refused for what they are, in ms. */
const refusedPause = 2_000
const refusedReason = 'The server’s database does not take the text of this document.'
/** [SAVE-4] A disk that has not answered for so long, in ms, does not answer: the page is told within two seconds. */
const answerWithin = 1_500
/**
 * The least time from the start of one commit to the next, in ms. A first edit goes at once; a stream of them shares
 * commits and frames, which cost more than the rows in them. Below half a frame of a 60 Hz screen, and below the 10 ms
 * that an acknowledgement may take beside the disk, with room for the way there and back. 7 ms, measured against 2 ms on
 * a busy machine, CPU a delivery: 51 instead of 62 µs at 2,000 edits a second, 11.4 instead of 12.4 µs with 10 writers
 * and 190 readers in one document.
 */
const commitInterval = 6
/**
 * Letting out what a commit held may take this share of the time, and commits are spread further for it, up to one frame
 * of a 60 Hz screen: with hundreds of readers a frame for each of them costs more than all the rest of an edit, and a
 * few milliseconds more put two edits into it.
 */
const releaseShare = 1 / 6
const longestInterval = 16
const releasesAveraged = 16

type CommitListener = Parameters<Journal['onCommit']>[0]
type StateListener = Parameters<Journal['onStateChange']>[0]

interface Counter {
  head: number
  committed: number
}

/** Waits until so many rows, counted from the start, are on disk. */
interface Waiter {
  rows: number
  done(): void
}

export interface JournalDependencies {
  storage: Storage
  clock: Clock
  log: Log
}

/** The journal over a storage. */
export const createJournal = (dependencies: JournalDependencies): Journal => new JournalWriter(dependencies)

class JournalWriter implements Journal {
  readonly #storage: Storage
  readonly #clock: Clock
  readonly #log: Log
  readonly #counters = new Map<DocumentId, Counter>()
  readonly #commitListeners = new Set<CommitListener>()
  readonly #stateListeners = new Set<StateListener>()
  #queue: JournalRow[] = []
  /** What is being written, kept as it is until it is on disk: a batch whose answer was lost must be repeated, not mixed. */
  #batch: JournalRow[] = []
  /** Rows of documents that storage has refused for what they are; tried again now and then. */
  readonly #refused = new Map<DocumentId, JournalRow[]>()
  /** Documents of which it was told that they are refused. */
  readonly #told = new Set<DocumentId>()
  /** One document a commit, until the queue is empty: one of them was refused, and nobody knows which. */
  #alone = false
  #queuedBytes = 0
  #scheduled = false
  #lastCommitAt = Number.NEGATIVE_INFINITY
  #interval = commitInterval
  /** What letting out takes lately, in ms: one pause of the garbage collector must not hold up the next edits. */
  #releaseTime = 0
  #failures = 0
  #writing = false
  /** Why nothing is taken; null: it is. */
  #stopped: string | null = null
  /** Runs out while a commit is not answered. */
  readonly #patience: NodeJS.Timeout
  #rowsQueued = 0
  #rowsCommitted = 0
  #waiters: Waiter[] = []

  constructor({ storage, clock, log }: JournalDependencies) {
    this.#storage = storage
    this.#clock = clock
    this.#log = log
    this.#patience = setTimeout(() => this.#notAnswered(), answerWithin).unref()
  }

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  enqueue(
    documentId: DocumentId,
    update: Uint8Array,
    authorId: UserId | null,
    claims?: readonly ClientIdClaim[],
  ): number {
    const counter = this.#counter(documentId)
    const seq = ++counter.head
    const row: JournalRow = { documentId, seq, update, authorId, at: this.#clock.now(), ...(claims && { claims }) }
    const refused = this.#refused.size > 0 ? this.#refused.get(documentId) : undefined
    // Behind those that could not be written: rows of one document commit in their order, or not at all.
    if (refused !== undefined) refused.push(row)
    else this.#queue.push(row)
    this.#queuedBytes += update.byteLength
    this.#rowsQueued++
    if (refused === undefined && !this.#scheduled) this.#schedule()
    return seq
  }

  head(documentId: DocumentId): number {
    return this.#counter(documentId).head
  }

  committed(documentId: DocumentId): number {
    return this.#counter(documentId).committed
  }

  isOpen(documentId: DocumentId): boolean {
    return this.#counters.has(documentId)
  }

  open(documentId: DocumentId, head: number): void {
    if (this.#counters.has(documentId)) throw new Error(`the journal of ${documentId} is open`)
    this.#counters.set(documentId, { head, committed: head })
  }

  close(documentId: DocumentId): void {
    const counter = this.#counters.get(documentId)
    if (counter === undefined) return
    if (counter.head > counter.committed) throw new Error(`the journal of ${documentId} has rows that are not on disk`)
    this.#counters.delete(documentId)
  }

  onCommit(listener: CommitListener): () => void {
    this.#commitListeners.add(listener)
    return () => this.#commitListeners.delete(listener)
  }

  onStateChange(listener: StateListener): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  stoppedFor(documentId: DocumentId): string | null {
    return this.#stopped ?? (this.#told.has(documentId) ? refusedReason : null)
  }

  drain(deadline: number): Promise<boolean> {
    if (this.#rowsCommitted === this.#rowsQueued) return Promise.resolve(true)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => {
      this.#waiters = this.#waiters.filter((other) => other !== waiter)
      resolve(false)
    }, deadline)
    const done = (): void => {
      clearTimeout(timer)
      resolve(true)
    }
    const waiter: Waiter = { rows: this.#rowsQueued, done }
    this.#waiters.push(waiter)
    return promise
  }

  #counter(documentId: DocumentId): Counter {
    const counter = this.#counters.get(documentId)
    if (counter === undefined) throw new Error(`the journal of ${documentId} is not open`)
    return counter
  }

  // All that arrives in one turn of the event loop goes together, and all that arrives while that commits.
  #schedule(): void {
    this.#scheduled = true
    const wait = this.#lastCommitAt + this.#interval - performance.now()
    if (wait > 0) setTimeout(() => void this.#write(), wait)
    else setImmediate(() => void this.#write())
  }

  async #write(): Promise<void> {
    this.#lastCommitAt = performance.now()
    if (this.#batch.length === 0) this.#takeBatch()
    if (this.#batch.length === 0) {
      this.#scheduled = false
      return
    }
    this.#writing = true
    this.#patience.refresh()
    try {
      await this.#storage.appendJournal(this.#batch)
    } catch (error) {
      this.#fail(error)
      return
    } finally {
      this.#writing = false
    }
    this.#commit()
    this.#goOn()
  }

  // An answer that waits behind a busy thread is there: it is read before the next turn's `setImmediate`.
  #notAnswered(): void {
    const committed = this.#rowsCommitted
    setImmediate(() => {
      if (this.#writing && this.#rowsCommitted === committed) this.#stop('The server’s disk does not answer.')
    })
  }

  #stop(reason: string, error?: unknown): void {
    if (this.#stopped !== null) return
    this.#stopped = reason
    this.#log.error({ err: error, queuedBytes: this.#queuedBytes }, 'the journal cannot write')
    this.#tell({ stopped: true, reason })
  }

  #tell(state: SavingState): void {
    for (const listener of this.#stateListeners) this.#call(() => listener(state))
  }

  #goOn(): void {
    if (this.#queue.length > 0) this.#schedule()
    else {
      this.#scheduled = false
      this.#alone = false
    }
  }

  #takeBatch(): void {
    if (this.#alone) {
      const [batch, rest] = splitFirstDocument(this.#queue)
      this.#batch = batch
      this.#queue = rest
      return
    }
    const length = batchLength(this.#queue)
    if (length === this.#queue.length) {
      const empty = this.#batch
      this.#batch = this.#queue
      this.#queue = empty
    } else this.#batch = this.#queue.splice(0, length)
  }

  #commit(): void {
    const committed = committedBy(this.#batch)
    for (const row of this.#batch) this.#queuedBytes -= row.update.byteLength
    this.#rowsCommitted += this.#batch.length
    this.#batch.length = 0
    for (const [documentId, seq] of committed) this.#counter(documentId).committed = seq
    this.#failures = 0
    if (this.#stopped !== null) {
      this.#stopped = null
      this.#log.info('the journal writes again')
      this.#tell({ stopped: false })
    }
    for (const documentId of committed.keys()) {
      if (!this.#told.delete(documentId)) continue
      this.#tell({ stopped: false, documentId })
    }
    const begun = performance.now()
    for (const listener of this.#commitListeners) this.#call(() => listener(committed))
    const took = performance.now() - begun
    this.#releaseTime += (took - this.#releaseTime) / releasesAveraged
    this.#interval = Math.min(Math.max(this.#releaseTime / releaseShare, commitInterval), longestInterval)
    // Commits are in the order of calls but while somebody's rows are set apart; then only an empty queue says enough.
    const inOrder = !this.#alone && this.#refused.size === 0
    const waits = (waiter: Waiter): boolean =>
      inOrder ? waiter.rows > this.#rowsCommitted : this.#rowsCommitted < this.#rowsQueued
    for (const waiter of this.#waiters) if (!waits(waiter)) waiter.done()
    this.#waiters = this.#waiters.filter(waits)
  }

  // A full disk refuses everybody. Whom a key or a check refuses must not hold up the others.
  #setApart(error: StatementError): void {
    const documents = committedBy(this.#batch)
    const [documentId] = documents.keys()
    if (documents.size === 1 && documentId !== undefined) {
      const later = this.#queue.filter((row) => row.documentId === documentId)
      this.#refused.set(documentId, [...this.#batch, ...later])
      this.#queue = this.#queue.filter((row) => row.documentId !== documentId)
      if (!this.#told.has(documentId)) {
        this.#told.add(documentId)
        this.#log.error({ err: error, documentId }, 'the rows of a document were refused')
        this.#tell({ stopped: true, reason: refusedReason, documentId })
      }
      setTimeout(() => this.#tryAgain(documentId), refusedPause)
    } else {
      this.#alone = true
      this.#queue = [...this.#batch, ...this.#queue]
    }
    this.#batch = []
    this.#goOn()
  }

  #tryAgain(documentId: DocumentId): void {
    this.#alone = true
    this.#queue.push(...(this.#refused.get(documentId) ?? []))
    this.#refused.delete(documentId)
    if (!this.#scheduled) this.#schedule()
  }

  #fail(error: unknown): void {
    if (error instanceof StatementError) {
      this.#setApart(error)
      return
    }
    const pause = Math.min(firstPause * 2 ** this.#failures, longestPause)
    this.#failures++
    setTimeout(() => void this.#write(), pause)
    this.#stop(error instanceof WeftError ? error.message : 'The server cannot write to its database.', error)
  }

  #call(listener: () => void): void {
    try {
      listener()
    } catch (error) {
      this.#log.error({ err: error }, 'a listener to the journal failed')
    }
  }
}
