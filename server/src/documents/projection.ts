import { titleOf } from '@weft/shared/editor'
import type { DocumentId, UserId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { DocumentsDependencies } from './dependencies.ts'
import { readPlace, updateProjection } from './store.ts'

/** How long a text must be quiet before it is read, and the longest that typing can put that off. Milliseconds. */
const quiet = 500
const longest = 3_000

interface Waiting {
  since: number
  authorId: UserId | null
  timer: NodeJS.Timeout
}

export type TextProjection = ReturnType<typeof createProjection>

/** Keeps what queries show of a text (its title, when it changed) a moment behind the text itself. */
export function createProjection({ storage, clock, log, events, texts }: DocumentsDependencies) {
  const waiting = new Map<DocumentId, Waiting>()
  const running = new Set<Promise<unknown>>()

  /** Reads the title from the text; returns the sequence of the event if it is another one, else null. */
  async function project(documentId: DocumentId, authorId: UserId | null): Promise<number | null> {
    const title = await texts().read(documentId, titleOf)
    return storage.transaction(async (tx) => {
      const place = await readPlace(tx, documentId)
      if (!place) return null
      await updateProjection(tx, documentId, { title, at: clock.now() })
      if (place.title === title) return null
      return events.append(tx, place.workspaceId, authorId, { type: 'document.renamed', documentId })
    })
  }

  function run(documentId: DocumentId): void {
    const { timer, authorId } = waiting.get(documentId) ?? {}
    if (authorId === undefined) return
    clearTimeout(timer)
    waiting.delete(documentId)
    const work = project(documentId, authorId).catch((error: unknown) => {
      log.warn({ err: error, documentId }, 'the title of a document could not be read')
    })
    running.add(work)
    void work.finally(() => running.delete(work))
  }

  return {
    project,

    /** Told by sync after each commit, off the edit path. */
    textChanged(documentId: DocumentId, authorId: UserId | null): void {
      const before = waiting.get(documentId)
      clearTimeout(before?.timer)
      const now = performance.now()
      const since = before?.since ?? now
      const timer = setTimeout(() => run(documentId), Math.max(0, Math.min(quiet, since + longest - now)))
      waiting.set(documentId, { since, authorId: authorId ?? before?.authorId ?? null, timer })
    },

    /** Reads what changed just before the process ended last time. */
    async catchUp(): Promise<void> {
      const { rows } = await sql<{ id: DocumentId; author: UserId | null }>`
        select d.id, j.author_id as author from documents as d
        join journal as j on j.document_id = d.id
          and j.seq = (select max(seq) from journal where document_id = d.id)
        where j.at > d.updated_at`.execute(storage.read)
      for (const { id, author } of rows) this.textChanged(id, author)
    },

    /** Reads now what waits, and resolves when it is written. */
    async settle(): Promise<void> {
      for (const documentId of [...waiting.keys()]) run(documentId)
      await Promise.all(running)
    },

    /** Forgets what waits; the next start catches up. */
    stop(): void {
      for (const { timer } of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
