import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { ThreadAnswer, ThreadQuestion } from './messages.ts'

interface Pending<A> {
  resolve(answer: A): void
  reject(error: Error): void
}

export interface AskedThreadOptions<F> {
  /** The program of the thread, which calls `answerQuestions`. */
  script: URL
  worker?: WorkerOptions
  /** A thread that nobody asks for so long is ended, in ms; absent: it stays. */
  idleEnd?: number
  /** What the one who asked rejects with. */
  toError(failure: F): Error
}

/** A thread that answers questions, each exactly once; started when it is needed, and anew after it has died. */
export class AskedThread<Q, A, F = string> {
  readonly #options: AskedThreadOptions<F>
  readonly #pending = new Map<number, Pending<A>>()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #lastId = 0
  #stopped: Error | null = null

  constructor(options: AskedThreadOptions<F>) {
    this.#options = options
  }

  /** Questions that wait for their answers. */
  get pending(): number {
    return this.#pending.size
  }

  /** Whether a thread is there, busy or not. */
  get holdsThread(): boolean {
    return this.#worker !== null
  }

  /** Rejects with what the thread failed with, when it has died of the question, and once it is stopped. */
  ask(question: Q, transfer: readonly ArrayBuffer[] = []): Promise<A> {
    if (this.#stopped !== null) return Promise.reject(this.#stopped)
    clearTimeout(this.#idle)
    const worker = this.#worker ?? this.#start()
    const id = ++this.#lastId
    const { promise, resolve, reject } = Promise.withResolvers<A>()
    this.#pending.set(id, { resolve, reject })
    worker.postMessage({ id, question } satisfies ThreadQuestion<Q>, transfer)
    return promise
  }

  /** What is under way rejects with the reason, and so does whatever is asked from now on. */
  async stop(reason: Error): Promise<void> {
    this.#stopped = reason
    await this.#end(reason)
  }

  #start(): Worker {
    const worker = new Worker(this.#options.script, this.#options.worker)
    worker.unref()
    worker.on('message', (answer: ThreadAnswer<A, F>) => this.#take(answer))
    worker.on('error', (error) => this.#lose(worker, error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => this.#lose(worker, new Error(`the thread ${this.#options.script.pathname} has ended`)))
    this.#worker = worker
    return worker
  }

  #take(answer: ThreadAnswer<A, F>): void {
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if ('answer' in answer) pending?.resolve(answer.answer)
    else pending?.reject(this.#options.toError(answer.failure))
    const { idleEnd } = this.#options
    if (idleEnd === undefined || this.#pending.size > 0 || this.#stopped !== null) return
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
