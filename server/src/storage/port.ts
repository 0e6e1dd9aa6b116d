import type { DocumentId, UserId } from '@weft/shared/kit'
import type { Compilable, Kysely, Transaction } from 'kysely'
import type { Database } from './schema.ts'
import type { TextIndex } from './textIndex.ts'

export type Reader = Kysely<Database>
export type Writer = Transaction<Database>

/** One row of the journal, as it is handed to storage. */
export interface JournalRow {
  documentId: DocumentId
  seq: number
  update: Uint8Array
  authorId: UserId | null
  at: number
  /** [IDENT-2] Client ids that are claimed since the row before, stored with this one; none in most rows. */
  claims?: readonly ClientIdClaim[]
}

/** Who writes under a Yjs client id. */
export interface ClientIdClaim {
  clientId: number
  userId: UserId
}

/** What a document is loaded from: a snapshot and the rows behind it, in order. */
export interface StoredText {
  snapshot: Uint8Array | null
  /** What the snapshot contains: all rows up to this sequence; 0 without one. */
  snapshotSeq: number
  /** CRC-32, null: unknown. */
  snapshotCrc: number | null
  rows: { seq: number; update: Uint8Array; authorId: UserId | null; at: number; crc: number | null }[]
  /** The last sequence that is on disk; 0: no row yet. */
  head: number
}

/**
 * The database, whichever it is. All of it is asynchronous; the contract suite in `contractSuite.ts` says what a
 * backend must do.
 */
export interface Storage {
  /** Queries only, on the committed state. Runs beside the writer. */
  readonly read: Reader
  /** Kysely on the writing connection, one statement a transaction; for the account library. */
  readonly account: Kysely<Database>
  /**
   * One transaction with the only writer (`BEGIN IMMEDIATE`), which is taken with its first statement. No I/O but its own
   * statements inside.
   * Rolled back when `work` throws, or when it holds the writer for more than 250 ms in which this thread
   * is not starved itself (`LeaseExpired`, error id `storage-stopped`).
   */
  transaction<T>(work: (tx: Writer) => Promise<T>): Promise<T>
  /**
   * Calls `listener` in the moment in which the transaction is known to be on disk, before `transaction` resolves, in
   * the order of commits; never when it is rolled back. Throws for a `tx` that `transaction` did not hand out.
   */
  afterCommit(tx: Writer, listener: () => void): void
  /**
   * Runs a statement of `tx` behind all others, together with the commit: for what is written last and asked nothing. The
   * writer is free for the journal a way there and back sooner. When it fails, `transaction` rejects and nothing is kept.
   * Returns how to get what it returned, once it is committed: in a listener to the commit, or after `transaction`.
   * Throws for a `tx` that `transaction` did not hand out.
   */
  withCommit<T>(tx: Writer, query: Compilable<T>): () => readonly T[]
  /**
   * Writes rows and resolves after their transaction is on disk (`synchronous=FULL`) [SAVE-1]. Goes before waiting
   * commands. Rejects with all rows unwritten when the disk does not take them. A row that is there already
   * (same document and sequence) with the same bytes is not an error, so that a batch whose answer was lost can be repeated
   * (folding waits until a row was acknowledged). Any other update under a taken or folded sequence is refused.
   * Claims that are stored already stay as they are.
   */
  appendJournal(rows: readonly JournalRow[]): Promise<void>
  loadText(documentId: DocumentId): Promise<StoredText>
  /** What finds documents by their words; filled by the room for search. */
  readonly textIndex: TextIndex
  /** [SAVE-1] Waits for what was begun, then closes. */
  close(): Promise<void>
}
