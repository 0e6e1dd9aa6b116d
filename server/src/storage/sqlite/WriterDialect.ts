import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Statement } from './messages.ts'
import type { WriterThread } from './WriterThread.ts'

/** Sends Kysely's compiled statements to the writer thread. Outside of a transaction each is one of its own. */
export class WriterDialect implements Dialect {
  readonly #thread: WriterThread
  readonly #leaseMs: number
  readonly #expired: () => void
  readonly #last: readonly CompiledQuery[]

  /**
   * @param expired is called when a transaction was rolled back because it had the writer for more than `leaseMs`.
   * @param last are the statements that go with the commit, looked at then.
   */
  constructor(
    thread: WriterThread,
    leaseMs: number,
    expired: () => void = () => {},
    last: readonly CompiledQuery[] = [],
  ) {
    this.#thread = thread
    this.#leaseMs = leaseMs
    this.#expired = expired
    this.#last = last
  }

  createDriver = (): Driver => new WriterDriver(this.#thread, this.#leaseMs, this.#expired, this.#last)
  createAdapter = (): SqliteAdapter => new QueuedAdapter()
  createQueryCompiler = (): SqliteQueryCompiler => new SqliteQueryCompiler()
  createIntrospector = (db: Kysely<unknown>): SqliteIntrospector => new SqliteIntrospector(db)
}

// The thread has the queue; Kysely need not hold a second one.
class QueuedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

class WriterDriver implements Driver {
  readonly #thread: WriterThread
  readonly #leaseMs: number
  readonly #expired: () => void
  readonly #last: readonly CompiledQuery[]

  constructor(thread: WriterThread, leaseMs: number, expired: () => void, last: readonly CompiledQuery[]) {
    this.#thread = thread
    this.#leaseMs = leaseMs
    this.#expired = expired
    this.#last = last
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}
  async releaseConnection(): Promise<void> {}

  async acquireConnection(): Promise<WriterConnection> {
    return new WriterConnection(this.#thread)
  }

  async beginTransaction(connection: WriterConnection): Promise<void> {
    await connection.begin(this.#leaseMs, this.#expired)
  }

  async commitTransaction(connection: WriterConnection): Promise<void> {
    await connection.end(true, this.#last)
  }

  async rollbackTransaction(connection: WriterConnection): Promise<void> {
    await connection.end(false)
  }

  async savepoint(connection: WriterConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint "${name}"`))
  }

  async rollbackToSavepoint(connection: WriterConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to "${name}"`))
  }

  async releaseSavepoint(connection: WriterConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release "${name}"`))
  }
}

class WriterConnection implements DatabaseConnection {
  readonly #thread: WriterThread
  #lease: number | null = null
  #expired = false

  constructor(thread: WriterThread) {
    this.#thread = thread
  }

  async begin(leaseMs: number, expired: () => void): Promise<void> {
    this.#expired = false
    this.#lease = await this.#thread.begin(leaseMs, () => {
      this.#expired = true
      expired()
    })
  }

  async end(commit: boolean, last: readonly CompiledQuery[] = []): Promise<void> {
    const lease = this.#lease
    this.#lease = null
    if (lease === null || (this.#expired && !commit)) return
    await this.#thread.end(lease, commit, last.map(toStatement))
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#thread.ask({ kind: 'statement', lease: this.#lease, ...toStatement(query) })
    return {
      rows: (result?.rows ?? []) as R[],
      numAffectedRows: BigInt(result?.changes ?? 0),
      insertId: BigInt(result?.insertId ?? 0),
    }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the writer does not stream: it would hold up the journal')
  }
}

const toStatement = ({ sql, parameters }: CompiledQuery): Statement => ({
  sql,
  parameters: parameters.map(cloneable),
})

/** A view of a larger buffer would be cloned with all of it. */
function cloneable(parameter: unknown): unknown {
  return parameter instanceof Uint8Array && parameter.byteLength !== parameter.buffer.byteLength
    ? new Uint8Array(parameter)
    : parameter
}
