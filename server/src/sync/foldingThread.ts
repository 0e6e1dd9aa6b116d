import { AskedThread } from '../kit/threads/index.ts'
import type { Folded, FoldInput } from './foldingText.ts'

/**
 * The thread that does the Yjs work of folding. Rejects when a text cannot be folded, or has brought the thread down (too
 * large for its memory). A clone of a view takes its whole buffer along; what the database gives has buffers of its own.
 */
export const createFoldingThread = (): AskedThread<FoldInput, Folded> =>
  new AskedThread<FoldInput, Folded>({
    script: new URL('./foldingWorker.ts', import.meta.url),
    toError: (message) => new Error(message),
  })
