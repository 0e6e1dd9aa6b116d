import { type DocumentId, type UserId, WeftError } from '@weft/shared/kit'
import { titleOf } from '@weft/shared/text'
import { sql } from 'kysely'
import type { DocumentsDependencies } from './dependencies.ts'
import { readPlace, updateProjection } from './store.ts'

/** How long a text must be quiet before it is read, and the longest that typing can put that off. Milliseconds. */
const quiet = 500
const longest = 3_000
/** Until a text is read again whose title could not be written. Milliseconds. */
const again = 2_000

interface Waiting {
  since: number
  authorId: UserId | null
  /** When the text changed, if that was before this process. */
  at: number | null
  timer: NodeJS.Timeout
}

export type TextProjection = ReturnType<typeof createProjection>

/** Keeps what queries show of a text (its title, when it changed) a moment behind the text itself. */
export function createProjection({ storage, clock, log, events, texts }: DocumentsDependencies) {
  const waiting = new Map<DocumentId, Waiting>()
  const running = new Set<Promise<unknown>>()
  let stopped = false

  /** Reads the title from the text; returns the sequence of the event if it is another one, else null. */
  async function project(documentId: DocumentId, authorId: UserId | null, at = clock.now()): Promise<number | null> {
    // `at` is from before the reading: an edit that comes during it is newer, and is found after a kill.
    const title = await texts().read(documentId, titleOf)
    return storage.transaction(async (tx) => {
      const place = await readPlace(tx, documentId)
      if (!place) return null
      await updateProjection(tx, documentId, { title, at })
      if (place.title === title) return null
      return events.append(tx, place.workspaceId, authorId, { type: 'document.renamed', documentId })
    })
  }

  function run(documentId: DocumentId): void {
    const known = waiting.get(documentId)
    if (known === undefined) return
    clearTimeout(known.timer)
    waiting.delete(documentId)
    const work = project(documentId, known.authorId, known.at ?? clock.now()).catch((error: unknown) => {
      log.warn({ err: error, documentId }, 'the title of a document could not be read')
      if (stopped || !(error instanceof WeftError && error.reaction === 'retry') || waiting.has(documentId)) return
      waiting.set(documentId, { ...known, timer: setTimeout(() => run(documentId), again) })
    })
    running.add(work)
    void work.finally(() => running.delete(work))
  }

  function wait(documentId: DocumentId, authorId: UserId | null, at: number | null): void {
    const before = waiting.get(documentId)
    clearTimeout(before?.timer)
    const now = performance.now()
    const since = before?.since ?? now
    const timer = setTimeout(() => run(documentId), Math.max(0, Math.min(quiet, since + longest - now)))
    waiting.set(documentId, { since, authorId: authorId ?? before?.authorId ?? null, at, timer })
  }

  return {
    project,

    /** Told by sync after each commit, off the edit path. */
    textChanged: (documentId: DocumentId, authorId: UserId | null): void => wait(documentId, authorId, null),

    /** Reads what changed just before the process ended last time. */
    async catchUp(): Promise<void> {
      const { rows } = await sql<{ id: DocumentId; author: UserId | null; at: number }>`
        select d.id, j.author_id as author, j.at from documents as d
        join journal as j on j.document_id = d.id
          and j.seq = (select max(seq) from journal where document_id = d.id)
        where j.at > d.updated_at`.execute(storage.read)
      for (const { id, author, at } of rows) wait(id, author, at)
    },

    /** Reads now what waits, and resolves when it is written. */
    async settle(): Promise<void> {
      for (const documentId of [...waiting.keys()]) run(documentId)
      await Promise.all(running)
    },

    /** Forgets what waits; the next start catches up. */
    stop(): void {
      stopped = true
      for (const { timer } of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
