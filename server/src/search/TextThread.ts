import { Worker } from 'node:worker_threads'
import { type PackedUpdates, packUpdates } from './packedUpdates.ts'
import type { PlainText, StoredUpdates } from './plainText.ts'

export interface TextTask {
  id: number
  snapshot: Uint8Array | null
  updates: PackedUpdates
}
export type TextAnswer = { id: number; text: PlainText } | { id: number; error: string }

interface Pending {
  resolve(text: PlainText): void
  reject(error: Error): void
}

/** A text that takes more than this to be read is not searched. */
const memoryMb = 512
const youngMb = 8
/** A thread that has nothing to do for so long is ended: it holds some 25 MB. In ms. */
const idleEnd = 60_000

/** The thread stops with the server: what it was given is read by the next one. */
export class ThreadStopped extends Error {}

/** Reads the text out of stored documents, so that nobody's typing waits for it. */
export class TextThread {
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #lastId = 0
  #stopped = false

  /** Rejects when the text cannot be read, or has brought the thread down. */
  async read(stored: StoredUpdates): Promise<PlainText> {
    if (this.#stopped) throw new ThreadStopped()
    clearTimeout(this.#idle)
    const worker = this.#worker ?? this.#start()
    const id = ++this.#lastId
    const { promise, resolve, reject } = Promise.withResolvers<PlainText>()
    this.#pending.set(id, { resolve, reject })
    const updates = packUpdates(stored.updates)
    worker.postMessage({ id, snapshot: stored.snapshot, updates } satisfies TextTask, [updates.bytes.buffer])
    return promise
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#end(new ThreadStopped())
  }

  #start(): Worker {
    const worker = new Worker(new URL('./textWorker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
    })
    worker.unref()
    worker.on('message', (answer: TextAnswer) => this.#take(answer))
    worker.on('error', (error) => this.#lose(worker, error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => this.#lose(worker, new Error('the thread that reads texts has ended')))
    this.#worker = worker
    return worker
  }

  #take(answer: TextAnswer): void {
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if ('text' in answer) pending?.resolve(answer.text)
    else pending?.reject(new Error(answer.error))
    if (this.#pending.size > 0 || this.#stopped) return
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
