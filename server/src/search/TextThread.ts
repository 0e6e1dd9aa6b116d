import { AskedThread } from '../kit/threads/index.ts'
import { packUpdates } from './packedUpdates.ts'
import type { PlainText, StoredUpdates } from './plainText.ts'
import type { PackedText } from './textWorker.ts'

/** A text that takes more than this to be read is not searched. */
const memoryMb = 512
const youngMb = 8
/** A thread that has nothing to do for so long is ended: it holds some 25 MB. In ms. */
const idleEnd = 60_000

/** The thread stops with the server: what it was given is read by the next one. */
export class ThreadStopped extends Error {}

/** Reads the text out of stored documents, so that nobody's typing waits for it. */
export class TextThread {
  readonly #thread = new AskedThread<PackedText, PlainText>({
    script: new URL('./textWorker.ts', import.meta.url),
    worker: { resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb } },
    idleEnd,
    toError: (message) => new Error(message),
  })

  /** Rejects when the text cannot be read, or has brought the thread down. */
  read({ snapshot, updates }: StoredUpdates): Promise<PlainText> {
    const packed = packUpdates(updates)
    return this.#thread.ask({ snapshot, updates: packed }, [packed.bytes.buffer])
  }

  stop = (): Promise<void> => this.#thread.stop(new ThreadStopped())
}
