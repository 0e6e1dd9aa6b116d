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
import type { Statement, StatementResult } from './messages.ts'
import type { WriterThread } from './WriterThread.ts'

/** A statement that goes with the commit, and what it came to. */
export interface LastStatement {
  query: CompiledQuery
  /** Set when it is committed. */
  rows?: readonly unknown[]
}

interface Lease {
  /** How long a transaction may have the writer, in ms. */
  leaseMs: number
  /** It was rolled back because it had the writer for longer. */
  expired(): void
  /** Looked at when it is committed. */
  last: readonly LastStatement[]
}

/** Sends Kysely's compiled statements to the writer thread. Outside of a transaction each is one of its own. */
export class WriterDialect implements Dialect {
  readonly #thread: WriterThread
  readonly #lease: Lease

  constructor(thread: WriterThread, lease: Lease) {
    this.#thread = thread
    this.#lease = lease
  }

  createDriver = (): Driver => new WriterDriver(this.#thread, this.#lease)
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
  readonly #lease: Lease

  constructor(thread: WriterThread, lease: Lease) {
    this.#thread = thread
    this.#lease = lease
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}
  async releaseConnection(): Promise<void> {}

  async acquireConnection(): Promise<WriterConnection> {
    return new WriterConnection(this.#thread)
  }

  async beginTransaction(connection: WriterConnection): Promise<void> {
    connection.begin(this.#lease)
  }

  async commitTransaction(connection: WriterConnection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: WriterConnection): Promise<void> {
    await connection.rollBack()
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
  /** Of a transaction that has begun; null: statements stand alone. */
  #terms: Lease | null = null
  /** The number of the lease, which is taken with the transaction's first statement: one way there and back less. */
  #held: number | null = null
  #expired = false

  constructor(thread: WriterThread) {
    this.#thread = thread
  }

  begin(terms: Lease): void {
    this.#terms = terms
    this.#held = null
    this.#expired = false
  }

  async commit(): Promise<void> {
    const last = this.#terms?.last ?? []
    const [first, ...others] = last
    // Nothing but what goes with the commit.
    if (this.#held === null && first !== undefined) {
      first.rows = (await this.executeQuery(first.query)).rows
      return this.#commit(others)
    }
    await this.#commit(last)
  }

  async #commit(last: readonly LastStatement[]): Promise<void> {
    const held = this.#held
    this.#held = null
    this.#terms = null
    if (held === null) return
    const results = await this.#thread.end(
      held,
      true,
      last.map(({ query }) => toStatement(query)),
    )
    for (const [at, one] of last.entries()) one.rows = results[at]?.rows ?? []
  }

  async rollBack(): Promise<void> {
    const held = this.#held
    this.#held = null
    this.#terms = null
    if (held !== null && !this.#expired) await this.#thread.end(held, false)
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#run(toStatement(query))
    return {
      rows: (result?.rows ?? []) as R[],
      numAffectedRows: BigInt(result?.changes ?? 0),
      insertId: BigInt(result?.insertId ?? 0),
    }
  }

  async #run(statement: Statement): Promise<StatementResult | undefined> {
    const terms = this.#terms
    if (terms === null || this.#held !== null) {
      const [result] = await this.#thread.ask({ kind: 'statement', lease: this.#held, ...statement })
      return result
    }
    const { lease, result } = await this.#thread.begin(terms.leaseMs, statement, () => {
      this.#expired = true
      terms.expired()
    })
    this.#held = lease
    return result
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
