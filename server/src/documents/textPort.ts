import type { DocumentId, UserId } from '@weft/shared/kit'
import type * as Y from 'yjs'

/** How `documents` reaches the text of a document; `sync` implements it and `app.ts` hands it over. */
export interface DocumentTexts {
  /** Calls `look` with the current text (loaded or from the journal). The `Y.Doc` is not kept and not changed. */
  read<T>(documentId: DocumentId, look: (text: Y.Doc) => T): Promise<T>
  /**
   * Edits the text in the name of `userId` under a fresh client id of theirs [IDENT-2], through the live document if
   * there is one; resolves when the edit is on disk.
   */
  edit(documentId: DocumentId, userId: UserId, change: (text: Y.Doc) => void): Promise<void>
}
