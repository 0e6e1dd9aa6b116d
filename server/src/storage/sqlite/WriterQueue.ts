import type { Database as Connection } from 'better-sqlite3'
import { toFailure } from './failure.ts'
import { ForeignLock } from './foreignLock.ts'
import type { FromWriter, Statement, StatementResult, ToWriter } from './messages.ts'
import { rowWriter } from './writeRows.ts'

type Waiting = Extract<ToWriter, { kind: 'begin' | 'statement' | 'limit' | 'close' }>
type Journal = Extract<ToWriter, { kind: 'journal' }>

/** A lease is over after so many beats, one each tenth of its time; each waits for the main thread's answer. */
const beats = 10

interface Lease {
  id: number
  /** Between two beats, in ms. */
  pause: number
  left: number
  timer: NodeJS.Timeout
}

/**
 * Who has the connection: journal batches first, then what else waits, in its order. A lease keeps it to itself
 * until it ends or expires. Its time is counted in beats that the main thread has answered: while that thread is
 * starved, it hands out no journal batch and takes no acknowledgement either, so that nobody waits for the writer.
 */
export class WriterQueue {
  readonly #db: Connection
  readonly #answer: (message: FromWriter) => void
  readonly #close: () => void
  readonly #ended: () => void
  readonly #writeRows: ReturnType<typeof rowWriter>
  readonly #lock: ForeignLock
  readonly #journal: Journal[] = []
  readonly #waiting: Waiting[] = []
  #lease: Lease | null = null
  #scheduled = false

  constructor(db: Connection, answer: (message: FromWriter) => void, close: () => void, ended: () => void) {
    this.#db = db
    this.#answer = answer
    this.#close = close
    this.#ended = ended
    this.#writeRows = rowWriter(db)
    this.#lock = new ForeignLock(db)
  }

  take(message: ToWriter): void {
    switch (message.kind) {
      case 'journal':
        this.#journal.push(message)
        if (this.#lease === null) this.#runJournal()
        return
      case 'end':
        this.#end(message)
        return
      case 'beat':
        this.#beaten(message.lease)
        return
      case 'statement':
        if (message.lease !== null) {
          this.#inLease(message, message.lease)
          return
        }
        break
    }
    this.#waiting.push(message)
    this.#schedule()
  }

  // In a turn of its own, so that a journal batch that has arrived meanwhile goes first.
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#next()
    })
  }

  #next(): void {
    if (this.#lease !== null) return
    this.#runJournal()
    const next = this.#waiting.shift()
    if (next === undefined) return
    if (next.kind === 'begin') this.#begin(next)
    else if (next.kind === 'close') this.#shut(next.id)
    else this.#attempt(next.id, () => (next.kind === 'statement' ? [this.#run(next)] : this.#limit(next.pages)))
    if (this.#lease === null && this.#waiting.length > 0) this.#schedule()
  }

  #runJournal(): void {
    for (let batch = this.#journal.shift(); batch !== undefined; batch = this.#journal.shift()) {
      const { id, rows } = batch
      this.#attempt(id, () => {
        this.#lock.take(() => this.#writeRows(rows))
        return []
      })
    }
  }

  #begin(message: Extract<ToWriter, { kind: 'begin' }>): void {
    this.#attempt(message.id, () => {
      this.#lock.take(() => this.#db.exec('BEGIN IMMEDIATE'))
      try {
        const result = this.#execute(message.first)
        const pause = message.leaseMs / beats
        this.#lease = { id: message.id, pause, left: beats, timer: this.#askLater(message.id, pause) }
        return [result]
      } catch (error) {
        if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
        throw error
      }
    })
  }

  #inLease(message: Extract<ToWriter, { kind: 'statement' }>, lease: number): void {
    this.#attempt(message.id, () => {
      if (this.#lease?.id !== lease) throw new LeaseOver()
      return [this.#run(message)]
    })
  }

  #end(message: Extract<ToWriter, { kind: 'end' }>): void {
    this.#attempt(message.id, () => {
      if (this.#lease?.id !== message.lease) throw new LeaseOver()
      clearTimeout(this.#lease.timer)
      this.#lease = null
      // A statement that found the disk full may have rolled the whole transaction back already.
      if (!this.#db.inTransaction && message.commit) throw new RolledBack()
      try {
        if (!message.commit) return []
        const results = message.last.map((statement) => this.#execute(statement))
        this.#db.exec('COMMIT')
        return results
      } finally {
        if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
      }
    })
    this.#next()
  }

  #askLater(id: number, pause: number): NodeJS.Timeout {
    return setTimeout(() => this.#answer({ kind: 'beat', id }), pause)
  }

  #beaten(id: number): void {
    const lease = this.#lease
    if (lease?.id !== id) return
    lease.left--
    if (lease.left === 0) this.#expire(lease)
    else lease.timer = this.#askLater(id, lease.pause)
  }

  #expire({ id }: Lease): void {
    this.#lease = null
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
    this.#answer({ kind: 'expired', id })
    this.#next()
  }

  #run(message: Extract<ToWriter, { kind: 'statement' }>): StatementResult {
    if (message.lease !== null && !this.#db.inTransaction) throw new RolledBack()
    return this.#execute(message)
  }

  #execute({ sql, parameters }: Statement): StatementResult {
    const statement = this.#db.prepare(sql)
    if (statement.reader) return { rows: statement.all(parameters), changes: 0, insertId: 0 }
    const { changes, lastInsertRowid } = statement.run(parameters)
    return { rows: [], changes, insertId: lastInsertRowid }
  }

  #limit(pages: number): [] {
    this.#db.pragma(`max_page_count = ${pages}`)
    return []
  }

  #shut(id: number): void {
    this.#attempt(id, () => {
      this.#close()
      return []
    })
    this.#ended()
  }

  #attempt(id: number, work: () => StatementResult[]): void {
    let answer: FromWriter
    try {
      answer = { kind: 'done', id, results: work() }
    } catch (error) {
      answer = { kind: 'failed', id, failure: toFailure(error) }
    }
    this.#answer(answer)
  }
}

class LeaseOver extends Error {
  readonly code = 'WEFT_LEASE_OVER'
}

class RolledBack extends Error {
  readonly code = 'SQLITE_FULL_OR_IOERR'
}
