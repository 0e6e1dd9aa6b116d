import type { Contents } from './contents/Contents.ts'
import type { FilesDependencies } from './dependencies.ts'
import { deleteUnshown, hasHash } from './store.ts'

/**
 * What no row names is kept for so long: its row may be on its way, and a backup copies the database first and the files
 * after it. Milliseconds.
 */
const keptFor = 7 * 24 * 3_600_000
const sweepEvery = 24 * 3_600_000

/** Removes what a killed process has left, and the pictures of documents that were deleted for good. */
export function createUpkeep(
  deps: Pick<FilesDependencies, 'storage' | 'clock' | 'log'> & { contents: Pick<Contents, 'list' | 'remove'> },
) {
  const { storage, clock, log, contents } = deps
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function sweep(): Promise<void> {
    await storage.transaction(deleteUnshown)
    const before = clock.now() - keptFor
    let removed = 0
    for await (const hash of contents.list()) {
      if (stopping.signal.aborted) return
      // A row that comes after this look belongs to bytes that were written anew, and those are not old.
      if (!(await hasHash(storage.read, hash)) && contents.remove(hash, before)) removed++
    }
    if (removed > 0) log.info({ files: removed }, 'files that no document shows any more were removed')
  }

  const look = (): void => {
    running = sweep().catch((error: unknown) => log.warn({ err: error }, 'the files were not looked after'))
  }

  return {
    sweep,
    start(): void {
      look()
      timer = setInterval(look, sweepEvery)
      timer.unref()
    },
    async stop(): Promise<void> {
      stopping.abort()
      clearInterval(timer)
      await running
    },
  }
}
