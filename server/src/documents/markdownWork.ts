import type { DocumentId, UserId } from '@weft/shared/kit'
import * as Y from 'yjs'
import type { CopyRequest } from './copiedText.ts'
import { type FirstText, type FirstTextRequest, firstText } from './firstText.ts'
import { MarkdownThread } from './markdownThread.ts'
import type { TextPage } from './page/textPage.ts'

export type MarkdownWork = ReturnType<typeof createMarkdownWork>

/** Markdown in and out, in a thread: this one never loads the document schema. Throws as `MarkdownThread` does. */
export function createMarkdownWork(patience: number) {
  const thread = new MarkdownThread(patience)
  return {
    firstText(by: UserId, request: FirstTextRequest): Promise<FirstText> | FirstText {
      if (request.markdown === undefined) return firstText(request)
      return thread.run(by, { kind: 'first-text', request })
    },

    /** Looks at a living text: what `finish` makes Markdown of. */
    look: (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc),

    finish: (by: UserId, seen: Uint8Array) => thread.run(by, { kind: 'export', state: seen }),

    copy: (by: UserId, request: CopyRequest): Promise<FirstText> => thread.run(by, { kind: 'copy', request }),

    /** For everybody who reads it, and so in the document's own turn. */
    page: (of: DocumentId, seen: Uint8Array): Promise<TextPage> => thread.run(of, { kind: 'page', state: seen }),

    stop: (): Promise<void> => thread.stop(),
  }
}
