import { Worker } from 'node:worker_threads'
import { type DocumentId, type UserId, WeftError } from '@weft/shared/kit'
import type { CopyRequest } from './copiedText.ts'
import type { FirstText, FirstTextRequest } from './firstText.ts'
import type { TextPage } from './page/textPage.ts'

export type MarkdownTask =
  | { kind: 'first-text'; request: FirstTextRequest }
  /** A whole Yjs state, whose text is wanted as Markdown. */
  | { kind: 'export'; state: Uint8Array }
  /** The same text for a new document. */
  | { kind: 'copy'; request: CopyRequest }
  /** A whole Yjs state, whose text is wanted as a page. */
  | { kind: 'page'; state: Uint8Array }

interface Results {
  'first-text': FirstText
  export: { title: string; markdown: string }
  copy: FirstText
  page: TextPage
}
type Result = Results[keyof Results]

/** What the thread says: that it has begun with what it was given, and how that ended. */
export type MarkdownWord = { kind: 'began' } | { kind: 'done'; result: Result } | { kind: 'failed'; message: string }

/** For whom something is done; pages are made once for all who read one, so for the document. */
type Asker = UserId | DocumentId

interface Job {
  task: MarkdownTask
  resolve(result: Result): void
  reject(error: Error): void
}

/** Of one person, beside the one that runs; a folder of files that is imported at once stays below. */
const mostWaiting = 100
/** A thread that has nothing to do for so long is ended: it holds some 70 MB. In ms. */
const defaultIdleEnd = 300_000
/** The largest text made of the largest Markdown takes a tenth of it; what takes more is not worth the machine. */
const memoryMb = 512

const tooLarge = (): WeftError =>
  new WeftError('too-large', 'This text takes too long to convert: split it into several documents.')

/**
 * The thread that reads and writes Markdown, so that nobody's typing waits for it [LIMIT-1]. One task at a time, the
 * people who ask in turns; one that takes longer than `patience` ms, or too much memory, is refused and its thread
 * ended.
 */
export class MarkdownThread {
  readonly #patience: number
  readonly #idleEnd: number
  readonly #waiting = new Map<Asker, Job[]>()
  #worker: Worker | null = null
  #running: Job | null = null
  #timer: NodeJS.Timeout | undefined
  #idle: NodeJS.Timeout | undefined
  #stopped = false

  constructor(patience: number, idleEnd = defaultIdleEnd) {
    this.#patience = patience
    this.#idleEnd = idleEnd
  }

  /** Whether a thread is there, busy or not. */
  get holdsThread(): boolean {
    return this.#worker !== null
  }

  /** Throws `too-large` for what cannot be converted in time, `too-many` for somebody who asks without an end. */
  async run<T extends MarkdownTask>(by: Asker, task: T): Promise<Results[T['kind']]> {
    if (this.#stopped) throw new WeftError('storage-stopped', 'The server is stopping.')
    const mine = this.#waiting.get(by) ?? []
    if (mine.length >= mostWaiting) throw new WeftError('too-many', 'Too many texts at once: wait for the others.')
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    mine.push({ task, resolve, reject })
    this.#waiting.set(by, mine)
    this.#next()
    return (await promise) as Results[T['kind']]
  }

  /** What waits and what runs is refused. */
  async stop(): Promise<void> {
    this.#stopped = true
    const jobs = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    const stopping = new WeftError('storage-stopped', 'The server is stopping.')
    for (const job of jobs) job.reject(stopping)
    await this.#end(stopping)
  }

  #next(): void {
    const first = this.#waiting.entries().next().value
    if (this.#running !== null) return
    clearTimeout(this.#idle)
    if (first === undefined) {
      this.#endWhenIdle()
      return
    }
    const [by, jobs] = first
    const job = jobs.shift()
    this.#waiting.delete(by)
    if (jobs.length > 0) this.#waiting.set(by, jobs)
    if (job === undefined) return
    this.#running = job
    this.#worker ??= this.#start()
    this.#worker.postMessage(job.task)
  }

  #endWhenIdle(): void {
    if (this.#worker === null || this.#stopped) return
    this.#idle = setTimeout(() => void this.#end(new Error('nothing to do')), this.#idleEnd).unref()
  }

  #start(): Worker {
    const worker = new Worker(new URL('./markdownWorker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    worker.unref()
    worker.on('message', (word: MarkdownWord) => this.#take(worker, word))
    worker.on('error', (error) => {
      const full = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#lose(worker, full ? tooLarge() : error instanceof Error ? error : new Error(String(error)))
    })
    worker.on('exit', () => this.#lose(worker, new Error('the thread for Markdown has ended')))
    return worker
  }

  #take(worker: Worker, word: MarkdownWord): void {
    if (worker !== this.#worker) return
    // From here on: a machine that is slow to start a thread is no fault of the text.
    if (word.kind === 'began') this.#timer = setTimeout(() => void this.#end(tooLarge()), this.#patience)
    else if (word.kind === 'done') this.#settle((job) => job.resolve(word.result))
    else this.#settle((job) => job.reject(new Error(word.message)))
  }

  #settle(how: (job: Job) => void): void {
    clearTimeout(this.#timer)
    const job = this.#running
    this.#running = null
    if (job !== null) how(job)
    this.#next()
  }

  #lose(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return
    this.#worker = null
    this.#settle((job) => job.reject(error))
  }

  async #end(reason: Error): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    if (worker === null) return
    this.#lose(worker, reason)
    await worker.terminate()
  }
}
