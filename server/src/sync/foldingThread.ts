import { Worker } from 'node:worker_threads'
import type { Folded, FoldInput } from './foldingText.ts'

type Answer = { id: number; folded: Folded } | { id: number; error: string }

interface Pending {
  resolve(folded: Folded): void
  reject(error: Error): void
}

/** The thread that does the Yjs work of folding; started when it is needed, and anew after it has died. */
export class FoldingThread {
  #worker: Worker | null = null
  #lastId = 0
  readonly #pending = new Map<number, Pending>()

  /** Rejects when the text cannot be folded, or has brought the thread down (too large for its memory). */
  fold(input: FoldInput): Promise<Folded> {
    const worker = this.#worker ?? this.#start()
    const id = ++this.#lastId
    const { promise, resolve, reject } = Promise.withResolvers<Folded>()
    this.#pending.set(id, { resolve, reject })
    // A clone of a view takes its whole buffer along; what the database gives has buffers of its own.
    worker.postMessage({ id, input })
    return promise
  }

  async stop(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(new URL('./foldingWorker.ts', import.meta.url))
    worker.unref()
    worker.on('message', (answer: Answer) => this.#take(answer))
    worker.on('error', (error) => this.#lose(worker, error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => this.#lose(worker, new Error('the folding thread has ended')))
    this.#worker = worker
    return worker
  }

  #take(answer: Answer): void {
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if ('folded' in answer) pending?.resolve(answer.folded)
    else pending?.reject(new Error(answer.error))
  }

  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== null && this.#worker !== worker) return
    this.#worker = null
    for (const pending of this.#pending.values()) pending.reject(error)
    this.#pending.clear()
  }
}
