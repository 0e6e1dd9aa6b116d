import { Worker } from 'node:worker_threads'
import { WeftError } from '@weft/shared/kit'
import { toError } from './failures.ts'
import type { Failure } from './messages.ts'

/** What the thread is asked; answered exactly once, in order. */
export interface ReaderQuestion {
  id: number
  sql: string
  parameters: readonly unknown[]
}
export type ReaderAnswer = { id: number; rows: unknown[] } | { id: number; failure: Failure }

interface Pending {
  resolve(rows: unknown[]): void
  reject(error: Error): void
}

/** Some seconds of the slowest; who asks behind them would have gone. */
const mostPending = 200
/** A thread that nobody asks for so long is ended: it holds some 20 MB. In ms. */
const idleEnd = 60_000
/** What it makes is short-lived and small. */
const youngMb = 4

/**
 * A connection for queries that take more than a few milliseconds, in a thread of its own, so that nobody's typing waits
 * for them. Started when it is needed, and anew after it has died.
 */
export class ReaderThread {
  readonly #file: string
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #lastId = 0
  #closed = false

  constructor(file: string) {
    this.#file = file
  }

  /** All rows of one statement, on the committed state. Rows are as the statement names them, which nobody checks. */
  async all<T>(sql: string, parameters: readonly unknown[]): Promise<T[]> {
    if (this.#closed) throw new WeftError('storage-stopped', 'The server is stopping.')
    if (this.#pending.size >= mostPending) throw new WeftError('too-many', 'Too much is being asked: wait a moment.')
    clearTimeout(this.#idle)
    const worker = this.#worker ?? this.#start()
    const id = ++this.#lastId
    const { promise, resolve, reject } = Promise.withResolvers<unknown[]>()
    this.#pending.set(id, { resolve, reject })
    worker.postMessage({ id, sql, parameters } satisfies ReaderQuestion)
    return (await promise) as T[]
  }

  /** Whether a thread is there, busy or not. */
  get holdsThread(): boolean {
    return this.#worker !== null
  }

  /** What is under way is refused. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#end(new WeftError('storage-stopped', 'The server is stopping.'))
  }

  #start(): Worker {
    const worker = new Worker(new URL('./readerWorker.ts', import.meta.url), {
      workerData: this.#file,
      resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    })
    worker.unref()
    worker.on('message', (answer: ReaderAnswer) => this.#take(answer))
    worker.on('error', (error) => this.#lose(worker, error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => this.#lose(worker, new Error('the reading thread has ended')))
    this.#worker = worker
    return worker
  }

  #take(answer: ReaderAnswer): void {
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if ('rows' in answer) pending?.resolve(answer.rows)
    else pending?.reject(toError(answer.failure))
    if (this.#pending.size > 0 || this.#closed) return
    this.#idle = setTimeout(() => void this.#end(new Error('nothing to do')), idleEnd).unref()
  }

  #lose(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return
    this.#worker = null
    for (const pending of this.#pending.values()) pending.reject(error)
    this.#pending.clear()
  }

  async #end(reason: Error): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    if (worker === null) return
    this.#lose(worker, reason)
    await worker.terminate()
  }
}
