import { Worker } from 'node:worker_threads'
import { unreachable, WeftError } from '@weft/shared/kit'
import { StartError } from '../../kit/startError.ts'
import type { JournalRow } from '../port.ts'
import { toError } from './failures.ts'
import type { FromWriter, Statement, StatementResult, ToWriter, WriterData } from './messages.ts'
import { type PackedRows, packRows } from './packRows.ts'

interface Pending {
  resolve(results: StatementResult[]): void
  reject(error: Error): void
}

/** Up to here a copy of a batch's bytes costs less than handing them over, which takes some 30 µs. In bytes. */
const cheapToCopy = 16 << 10

/** What the thread makes is short-lived and small; Node's 48 MB of room for it would stay taken. */
const youngMb = 6

type Unnumbered<M> = M extends { id: number } ? Omit<M, 'id'> : never

/** The main thread's end of the writer thread. */
export class WriterThread {
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #expired = new Map<number, () => void>()
  readonly #onFatal: (error: Error) => void
  #started: { resolve(): void; reject(error: Error): void } | null = null
  #dead: Error | null = null
  #closing = false
  #lastId = 0

  private constructor(data: WriterData, onFatal: (error: Error) => void) {
    this.#onFatal = onFatal
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    })
    this.#worker.on('message', (message: FromWriter) => this.#take(message))
    this.#worker.on('error', (error) => this.#die(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', (code) => this.#die(new Error(`the storage thread ended with code ${code}`)))
  }

  /** Resolves when the database is open and migrated; rejects with `StartError`. */
  static start(data: WriterData, onFatal: (error: Error) => void): Promise<WriterThread> {
    const thread = new WriterThread(data, onFatal)
    return new Promise((resolve, reject) => {
      thread.#started = { resolve: () => resolve(thread), reject }
    })
  }

  ask(message: Unnumbered<ToWriter>): Promise<StatementResult[]> {
    const id = ++this.#lastId
    return this.#send({ ...message, id } as ToWriter, id, [])
  }

  appendJournal(rows: readonly JournalRow[]): Promise<unknown> {
    const packed: PackedRows = packRows(rows)
    const id = ++this.#lastId
    const transferred = packed.bytes.length > cheapToCopy ? [packed.bytes.buffer] : []
    return this.#send({ kind: 'journal', id, rows: packed }, id, transferred)
  }

  /**
   * Resolves with the lease's number when the writer is its own, and the result of its first statement; when that fails,
   * there is no lease. `expired` is called if it is rolled back for its age.
   */
  async begin(
    leaseMs: number,
    first: Statement,
    expired: () => void,
  ): Promise<{ lease: number; result: StatementResult | undefined }> {
    const id = ++this.#lastId
    this.#expired.set(id, expired)
    try {
      const [result] = await this.#send({ kind: 'begin', id, leaseMs, first }, id, [])
      return { lease: id, result }
    } catch (error) {
      this.#expired.delete(id)
      throw error
    }
  }

  /** Resolves with the results of `last`. */
  end(lease: number, commit: boolean, last: readonly Statement[] = []): Promise<StatementResult[]> {
    this.#expired.delete(lease)
    return this.ask({ kind: 'end', lease, commit, last })
  }

  /** The thread dies, as it would of a defect. */
  async terminate(): Promise<void> {
    await this.#worker.terminate()
  }

  async close(): Promise<void> {
    if (this.#closing || this.#dead !== null) return
    const ended = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()))
    const done = this.ask({ kind: 'close' })
    this.#closing = true
    await done
    await ended
  }

  #send(message: ToWriter, id: number, transfer: ArrayBuffer[]): Promise<StatementResult[]> {
    return new Promise((resolve, reject) => {
      if (this.#dead !== null) {
        reject(stoppedBy(this.#dead))
        return
      }
      if (this.#closing) {
        reject(new WeftError('storage-stopped', 'The server is stopping.'))
        return
      }
      this.#pending.set(id, { resolve, reject })
      try {
        this.#worker.postMessage(message, transfer)
      } catch (error) {
        this.#pending.delete(id)
        reject(error)
      }
    })
  }

  #take(message: FromWriter): void {
    switch (message.kind) {
      case 'started':
        this.#started?.resolve()
        this.#started = null
        return
      case 'not-started':
        this.#closing = true
        this.#started?.reject(new StartError(message.sentence))
        this.#started = null
        return
      case 'done':
      case 'failed': {
        const pending = this.#pending.get(message.id)
        this.#pending.delete(message.id)
        if (message.kind === 'done') pending?.resolve(message.results)
        else pending?.reject(toError(message.failure))
        return
      }
      case 'beat':
        this.#worker.postMessage({ kind: 'beat', lease: message.id } satisfies ToWriter)
        return
      case 'expired':
        this.#expired.get(message.id)?.()
        this.#expired.delete(message.id)
        return
      default:
        unreachable(message)
    }
  }

  #die(error: Error): void {
    if (this.#dead !== null) return
    this.#dead = error
    for (const pending of this.#pending.values()) pending.reject(stoppedBy(error))
    this.#pending.clear()
    for (const expired of this.#expired.values()) expired()
    this.#expired.clear()
    this.#started?.reject(error)
    if (!this.#closing && this.#started === null) this.#onFatal(error)
    this.#started = null
  }
}

const stoppedBy = (cause: Error): WeftError =>
  new WeftError('storage-stopped', 'The storage has ended. The server has to be started again.', { cause })
