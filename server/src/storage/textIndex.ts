import type { DocumentKind } from '@weft/shared/documents'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import type { MarkedText } from '@weft/shared/search'
import type { RawBuilder, SqlBool } from 'kysely'

/** A document as it is to be found. */
export interface IndexedText {
  documentId: DocumentId
  title: string
  /** Blocks separated by line ends. */
  body: string
  /** The last journal sequence in it. */
  seq: number
  /** Of the way in which it was read: another one, and it is to be read again. */
  version: number
}

/** What must be in a title or a body: a word, or words that stand behind each other; whatever is no letter or digit separates. */
export interface TextTerm {
  text: string
  /** Its last word may be the beginning of one. */
  open: boolean
}

/** Where a document stands in the order of what was found: by rank, then the newest first, then by id. */
export interface TextPlace {
  rank: number
  updatedAt: number
  documentId: DocumentId
}

export interface TextQuestion {
  workspaceId: WorkspaceId
  /** All of them, in any order; at least one. */
  terms: readonly TextTerm[]
  /** A condition on rows of `documents`: no others are looked at, or count for anything. */
  among: RawBuilder<SqlBool>
  /** Behind this place. */
  after: TextPlace | null
  limit: number
}

export interface FoundText extends TextPlace {
  /** As it is now. */
  title: MarkedText
  /** Null: the body is empty. */
  excerpt: MarkedText | null
  kind: DocumentKind
}

/**
 * The full-text index of all documents. Case and accents make no difference; scripts that are written without spaces are
 * found by any part of a word. A body of more than some 60,000 characters is kept in parts, and all words must be in one of
 * them, or in the title.
 */
export interface TextIndex {
  /**
   * Replaces what is known of documents, in transactions of some milliseconds; `search_positions` says what a document
   * was last written from. After a SIGKILL that is the old one until all of the new one is there. What no longer exists
   * is passed over.
   */
  write(texts: readonly IndexedText[]): Promise<void>
  /** Beside the writer and beside this thread. Rejects with `too-many` when too much waits already. */
  find(question: TextQuestion): Promise<FoundText[]>
}
