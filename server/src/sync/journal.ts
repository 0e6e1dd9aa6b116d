import type { DocumentId, UserId } from '@weft/shared/kit'
import type { ClientIdClaim } from '../storage/index.ts'

/** [SAVE-4] Whether text reaches the disk. */
export interface SavingState {
  stopped: boolean
  /** A sentence for people. */
  reason?: string
  /** The one whose rows are refused for what they are; undefined: nobody's rows are taken. */
  documentId?: DocumentId
}

/**
 * The write side of every loaded document: updates go in at once, one transaction after another takes them to disk
 * (group commit: all that arrives while one commit runs goes into the next). It never gives up: rows that the disk
 * does not take stay queued, and are tried again with backoff [SAVE-4].
 */
export interface Journal {
  /**
   * Queues one update and returns its sequence. Rows of one document commit in the order of calls; `claims` commit with
   * the row [IDENT-2].
   */
  enqueue(
    documentId: DocumentId,
    update: Uint8Array,
    authorId: UserId | null,
    claims?: readonly ClientIdClaim[],
  ): number
  /** The sequence of the last row queued or stored; what is on disk is `committed`. */
  head(documentId: DocumentId): number
  committed(documentId: DocumentId): number
  isOpen(documentId: DocumentId): boolean
  /** Starts to count a document from what its load found; `close` forgets it and throws while rows are queued [SAVE-5]. */
  open(documentId: DocumentId, head: number): void
  close(documentId: DocumentId): void
  /** Called after each commit with the documents it touched and their committed sequence. */
  onCommit(listener: (committed: ReadonlyMap<DocumentId, number>) => void): () => void
  /** Called when writing fails, or is not answered, for the first time, and when it works again [SAVE-4]. */
  onStateChange(listener: (state: SavingState) => void): () => void
  /** Why the rows of a document are not taken at the moment; null: they are. */
  stoppedFor(documentId: DocumentId): string | null
  /** Bytes of updates that are queued and not on disk. */
  readonly queuedBytes: number
  /** Resolves when everything queued so far is on disk, or at the deadline (ms), with whether it is. */
  drain(deadline: number): Promise<boolean>
}
