import { WeftError } from '@weft/shared/kit'
import { AskedThread } from '../../kit/threads/index.ts'
import { toError } from './failures.ts'
import type { Failure } from './messages.ts'
import type { ReaderQuestion } from './readerWorker.ts'

/** Some seconds of the slowest; who asks behind them would have gone. */
const mostPending = 200
/** A thread that nobody asks for so long is ended: it holds some 20 MB. In ms. */
const idleEnd = 60_000
/** What it makes is short-lived and small. */
const youngMb = 4

/**
 * A connection for queries that take more than a few milliseconds, in a thread of its own, so that nobody's typing waits
 * for them.
 */
export class ReaderThread {
  readonly #thread: AskedThread<ReaderQuestion, unknown[], Failure>

  constructor(file: string) {
    this.#thread = new AskedThread<ReaderQuestion, unknown[], Failure>({
      script: new URL('./readerWorker.ts', import.meta.url),
      worker: { workerData: file, resourceLimits: { maxYoungGenerationSizeMb: youngMb } },
      idleEnd,
      toError,
    })
  }

  /** All rows of one statement, on the committed state. Rows are as the statement names them, which nobody checks. */
  async all<T>(sql: string, parameters: readonly unknown[]): Promise<T[]> {
    if (this.#thread.pending >= mostPending) throw new WeftError('too-many', 'Too much is being asked: wait a moment.')
    return (await this.#thread.ask({ sql, parameters })) as T[]
  }

  /** Whether a thread is there, busy or not. */
  get holdsThread(): boolean {
    return this.#thread.holdsThread
  }

  /** What is under way is refused. */
  close = (): Promise<void> => this.#thread.stop(new WeftError('storage-stopped', 'The server is stopping.'))
}
