import type { CommandId, DocumentId, MentionId, UserId } from '@weft/shared/kit'
import type * as Y from 'yjs'

/** A mention that was written into a text; what it says comes from whoever wrote it. */
export interface Mentioned {
  userId: UserId
  /** The one act of mentioning: copies of it have the same. */
  mentionId: MentionId
}

/** Consecutive journal rows of one author. */
export interface JournalRun {
  fromSeq: number
  toSeq: number
  /** Null: the server. */
  authorId: UserId | null
  /** Of the first and the last row; milliseconds since 1970. */
  fromAt: number
  toAt: number
  /** Rows. */
  edits: number
  /** Characters, about. */
  added: number
  removed: number
  mentions: readonly Mentioned[]
}

/** How `documents` reaches the text of a document; `sync` implements it and `app.ts` hands it over. */
export interface DocumentTexts {
  /** Calls `look` with the current text (loaded or from the journal). The `Y.Doc` is not kept and not changed. */
  read<T>(documentId: DocumentId, look: (text: Y.Doc) => T): Promise<T>
  /** What was written behind a journal sequence, in order; some hundreds at most, so ask again behind the last one. */
  writtenSince(documentId: DocumentId, seq: number): Promise<JournalRun[]>
  /**
   * Edits the text in the name of a person under a client id of theirs that is new to it [IDENT-2], through the live
   * document if there is one; resolves when the edit is on disk. Once for each command id, for as long as the text
   * lives: a repeat changes nothing, and waits for the first one's row [EVENT-4].
   */
  edit(
    documentId: DocumentId,
    by: { userId: UserId; commandId: CommandId | null },
    change: (text: Y.Doc) => void,
  ): Promise<void>
}
