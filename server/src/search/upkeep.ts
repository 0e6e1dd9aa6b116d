import { setTimeout as pause } from 'node:timers/promises'
import { type DocumentId, WeftError } from '@weft/shared/kit'
import type { SearchDependencies } from './dependencies.ts'
import { IndexQueue } from './IndexQueue.ts'
import { createIndexing } from './indexing.ts'
import { readingVersion } from './plainText.ts'
import { readNext } from './store.ts'

/** Documents that are read and written together: each transaction costs a turn of the disk. */
const atOnce = 32
/** Until documents are tried again that the storage did not take. Milliseconds. */
const again = 2_000

export type Upkeep = ReturnType<typeof createUpkeep>

/**
 * Keeps the index a few seconds behind the texts, and at once behind titles. What it has come to stands beside the
 * index, document by document, and is compared with the journal's own sequence at the start: whatever no process was
 * told of is found then.
 */
export function createUpkeep({ storage, log, events, documents }: SearchDependencies) {
  const indexing = createIndexing({ storage, documents, log })
  const queue = new IndexQueue(() => void enqueue(drain))
  const retries = new Set<NodeJS.Timeout>()
  let running: Promise<void> = Promise.resolve()
  const stopping = new AbortController()

  const forgetEvents = events.onEvent(({ fact }) => {
    // A document that is made has its text with it; a new title is in the tree already.
    if (fact.type === 'document.created' || fact.type === 'document.renamed') queue.hurry(fact.documentId)
  })

  /** What the storage does not take now is tried again; a document that it never takes stands in no other's way. */
  async function index(documentIds: readonly DocumentId[]): Promise<void> {
    try {
      for (const [documentId, bytes] of await indexing.index(documentIds)) {
        if (bytes !== null) queue.weighed(documentId, bytes)
      }
    } catch (error) {
      if (stopping.signal.aborted) return
      const mayPass = error instanceof WeftError && error.reaction === 'retry'
      if (mayPass) retryLater(documentIds)
      else if (documentIds.length > 1) for (const documentId of documentIds) await index([documentId])
      else log.error({ err: error, documentId: documentIds[0] }, 'a document could not be indexed for search')
    }
  }

  function retryLater(documentIds: readonly DocumentId[]): void {
    const timer = setTimeout(() => {
      retries.delete(timer)
      for (const documentId of documentIds) queue.hurry(documentId)
    }, again)
    timer.unref()
    retries.add(timer)
  }

  async function drain(): Promise<void> {
    for (let due = queue.take(atOnce); due.length > 0 && !stopping.signal.aborted; due = queue.take(atOnce))
      await index(due)
  }

  /** One after the other, so that a document is never written twice at once. */
  function enqueue(work: () => Promise<void>): Promise<void> {
    running = running
      .then(work)
      .catch((error: unknown) => log.warn({ err: error }, 'the index for search was not looked after'))
    return running
  }

  const rest = (ms: number): Promise<void> =>
    pause(ms, undefined, { ref: false, signal: stopping.signal }).catch(() => {})

  /** What is not indexed as it is stored. A batch, then a rest of twice as long: what people write goes first. */
  async function catchUp(): Promise<void> {
    let found = 0
    for (let after = ''; !stopping.signal.aborted; ) {
      const looked = await readNext(storage.read, after, readingVersion)
      const last = looked.at(-1)
      if (last === undefined) break
      after = last.id
      const stale = looked.flatMap(({ id, stale }) => (stale === 1 ? [id] : []))
      found += stale.length
      for (let from = 0; from < stale.length && !stopping.signal.aborted; from += atOnce) {
        const began = performance.now()
        await enqueue(() => index(stale.slice(from, from + atOnce)))
        await rest(2 * (performance.now() - began))
      }
      await rest(0)
    }
    if (found > 0 && !stopping.signal.aborted) log.info({ documents: found }, 'documents were indexed for search')
  }

  let catchingUp: Promise<void> = Promise.resolve()

  return {
    /** Told by sync after each commit, off the edit path. */
    textChanged: (documentId: DocumentId): void => queue.changed(documentId),

    /** Finds what an earlier process left. Nobody waits for it: the first start of a large database takes minutes. */
    start(): void {
      catchingUp = catchUp().catch((error: unknown) => log.error({ err: error }, 'search could not catch up'))
    },

    /** Indexes now what waits, and resolves when it can be found, as all can that the start has found. */
    async settle(): Promise<void> {
      await catchingUp
      queue.hurryAll()
      await enqueue(drain)
    },

    /** Forgets what waits; the next start finds it. Resolves when nothing is being written any more. */
    async stop(): Promise<void> {
      stopping.abort()
      forgetEvents()
      queue.clear()
      for (const timer of retries) clearTimeout(timer)
      await indexing.stop()
      await running
      await catchingUp
    },
  }
}
