import { toMarkdown } from '@weft/shared/editor'
import type { UserId } from '@weft/shared/kit'
import * as Y from 'yjs'
import { type FirstText, type FirstTextRequest, firstText } from './firstText.ts'
import { MarkdownThread } from './markdownThread.ts'

/**
 * What is converted where it is asked for, in characters: the worst Markdown (list items of one letter) takes some
 * 0.012 ms a character on two slow cores, so this holds up others for a tenth of a second; prose takes a tenth of that.
 */
const smallMarkdown = 8_000
/** The state that such Markdown makes. In bytes. */
const smallState = 120_000

export type MarkdownWork = ReturnType<typeof createMarkdownWork>

/** Markdown in and out: small texts at once, large ones in a thread. Throws as `MarkdownThread` does. */
export function createMarkdownWork(patience: number) {
  const thread = new MarkdownThread(patience)
  return {
    firstText(by: UserId, request: FirstTextRequest): Promise<FirstText> | FirstText {
      if ((request.markdown?.length ?? 0) <= smallMarkdown) return firstText(request)
      return thread.run(by, { kind: 'first-text', request })
    },

    /** Looks at a living text: what it says if it is small, else what `finish` makes it of. */
    look(doc: Y.Doc): { title: string; markdown: string } | Uint8Array {
      const state = Y.encodeStateAsUpdate(doc)
      return state.byteLength <= smallState ? toMarkdown(doc) : state
    },

    async finish(by: UserId, seen: { title: string; markdown: string } | Uint8Array) {
      return seen instanceof Uint8Array ? thread.run(by, { kind: 'export', state: seen }) : seen
    },

    stop: (): Promise<void> => thread.stop(),
  }
}
