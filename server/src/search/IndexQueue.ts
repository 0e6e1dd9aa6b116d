import type { DocumentId } from '@weft/shared/kit'

/**
 * How long a text must be quiet before it is indexed, and the longest that typing can put that off: people pause for a
 * second, and a hundred documents in which nobody ever pauses would cost a quarter of all edits, every five seconds.
 * Milliseconds.
 */
const quiet = 1_000
const longest = 30_000
/** A large text costs what it weighs each time: a megabyte is indexed every ten seconds at most. Bytes a millisecond. */
const bytesPerMs = 100
const longestEver = 60_000
/** Below it a text is like any other. */
const largeBytes = 500_000

/**
 * What becomes due within so long of the last time waits for the next: with many busy documents, each on its own would
 * cost a commit beside the journal's. Milliseconds.
 */
const collected = 500

interface Waiting {
  since: number
  timer: NodeJS.Timeout
}

/** Documents whose text has changed, each until it is due. */
export class IndexQueue {
  readonly #waiting = new Map<DocumentId, Waiting>()
  readonly #due = new Set<DocumentId>()
  /** How large texts were when they were indexed last; of the large ones. */
  readonly #bytes = new Map<DocumentId, number>()
  readonly #onDue: () => void
  #toldAt = Number.NEGATIVE_INFINITY
  #telling: NodeJS.Timeout | undefined

  /** `onDue` is called, in a turn of its own, when there is something to `take`; twice a second at most. */
  constructor(onDue: () => void) {
    this.#onDue = onDue
  }

  /** A document was written in. */
  changed(documentId: DocumentId): void {
    const before = this.#waiting.get(documentId)
    clearTimeout(before?.timer)
    const now = performance.now()
    const since = before?.since ?? now
    const large = (this.#bytes.get(documentId) ?? 0) / bytesPerMs
    const pause = Math.min(Math.max(quiet, large), longestEver)
    const last = since + Math.max(longest, pause)
    const timer = setTimeout(() => this.hurry(documentId), Math.max(0, Math.min(pause, last - now)))
    timer.unref()
    this.#waiting.set(documentId, { since, timer })
  }

  /** It is due now. */
  hurry(documentId: DocumentId): void {
    this.#forget(documentId)
    this.#due.add(documentId)
    this.#telling ??= setTimeout(() => this.#tell(), Math.max(0, this.#toldAt + collected - performance.now()))
  }

  /** All of them are due now. */
  hurryAll(): void {
    for (const documentId of [...this.#waiting.keys()]) this.hurry(documentId)
  }

  /** At most `most` that are due. */
  take(most: number): DocumentId[] {
    const taken = [...this.#due].slice(0, most)
    for (const documentId of taken) this.#due.delete(documentId)
    return taken
  }

  weighed(documentId: DocumentId, bytes: number): void {
    if (bytes > largeBytes) this.#bytes.set(documentId, bytes)
    else this.#bytes.delete(documentId)
  }

  clear(): void {
    for (const documentId of [...this.#waiting.keys()]) this.#forget(documentId)
    this.#due.clear()
    clearTimeout(this.#telling)
  }

  #tell(): void {
    this.#telling = undefined
    this.#toldAt = performance.now()
    this.#onDue()
  }

  #forget(documentId: DocumentId): void {
    clearTimeout(this.#waiting.get(documentId)?.timer)
    this.#waiting.delete(documentId)
  }
}
