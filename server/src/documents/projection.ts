import { type DocumentId, type UserId, WeftError } from '@weft/shared/kit'
import { titleOf } from '@weft/shared/text'
import { sql } from 'kysely'
import type { DocumentsDependencies } from './dependencies.ts'
import { projectionUpdates, readTitles, type TextSeen } from './store.ts'

/** How long a text must be quiet before it is read, and the longest that typing can put that off. Milliseconds. */
const quiet = 500
const longest = 3_000
/** Texts that wait are looked at this often: those that are due meanwhile share a transaction. Milliseconds. */
const lookEvery = 250
/** Texts of one transaction. */
const textsAtOnce = 50
/** Until a text is read again whose title could not be written. Milliseconds. */
const again = 2_000

interface Waiting {
  since: number
  dueAt: number
  authorId: UserId | null
  /** When the text changed, if that was before this process. */
  at: number | null
}

type Due = readonly [DocumentId, Waiting]

export type TextProjection = ReturnType<typeof createProjection>

/** Keeps what queries show of a text (its title, when it changed) a moment behind the text itself. */
export function createProjection({ storage, clock, log, events, texts }: DocumentsDependencies) {
  const waiting = new Map<DocumentId, Waiting>()
  const running = new Set<Promise<unknown>>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const read = async (documentId: DocumentId, authorId: UserId | null, at: number): Promise<TextSeen> => ({
    documentId,
    authorId,
    title: await texts().read(documentId, titleOf),
    at,
  })

  /** Writes what was read of some texts; returns the sequences of the events of those that have another title. */
  const write = (seen: readonly TextSeen[]): Promise<Map<DocumentId, number>> =>
    storage.transaction(async (tx) => {
      const known = await readTitles(
        tx,
        seen.map(({ documentId }) => documentId),
      )
      for (const update of projectionUpdates(tx, known, seen)) storage.withCommit(tx, update)
      const renamed = new Map<DocumentId, number>()
      for (const { documentId, title, authorId } of seen) {
        const before = known.get(documentId)
        if (before === undefined || before.title === title) continue
        const fact = { type: 'document.renamed', documentId } as const
        renamed.set(documentId, await events.append(tx, before.workspaceId, authorId, fact))
      }
      return renamed
    })

  function failed(due: readonly Due[], error: unknown): void {
    const documentIds = due.map(([documentId]) => documentId)
    log.warn({ err: error, documentIds }, 'the titles of documents could not be read')
    if (stopped || !(error instanceof WeftError && error.reaction === 'retry')) return
    const dueAt = performance.now() + again
    for (const [documentId, known] of due) {
      if (!waiting.has(documentId)) waiting.set(documentId, { ...known, dueAt })
    }
    lookLater()
  }

  async function project(due: readonly Due[]): Promise<void> {
    // From before the reading: an edit that comes during it is newer, and is found after a kill.
    const now = clock.now()
    const reading = due.map(async ([documentId, known]) => {
      try {
        return await read(documentId, known.authorId, known.at ?? now)
      } catch (error) {
        failed([[documentId, known]], error)
        return null
      }
    })
    const seen = (await Promise.all(reading)).filter((text) => text !== null)
    if (seen.length === 0) return
    const found = new Set(seen.map(({ documentId }) => documentId))
    await write(seen).catch((error: unknown) =>
      failed(
        due.filter(([documentId]) => found.has(documentId)),
        error,
      ),
    )
  }

  function run(due: readonly Due[]): void {
    for (let from = 0; from < due.length; from += textsAtOnce) {
      const batch = due.slice(from, from + textsAtOnce)
      for (const [documentId] of batch) waiting.delete(documentId)
      const work = project(batch)
      running.add(work)
      void work.finally(() => running.delete(work))
    }
  }

  function look(): void {
    timer = undefined
    const now = performance.now()
    run([...waiting].filter(([, { dueAt }]) => dueAt <= now))
    if (waiting.size > 0) lookLater()
  }

  function lookLater(): void {
    if (!stopped) timer ??= setTimeout(look, lookEvery)
  }

  function wait(documentId: DocumentId, authorId: UserId | null, at: number | null): void {
    const now = performance.now()
    const before = waiting.get(documentId)
    const since = before?.since ?? now
    const dueAt = Math.min(now + quiet, since + longest)
    waiting.set(documentId, { since, dueAt, authorId: authorId ?? before?.authorId ?? null, at })
    lookLater()
  }

  return {
    /** Reads the title from the text now; returns the sequence of the event if it is another one, else null. */
    async project(documentId: DocumentId, authorId: UserId | null): Promise<number | null> {
      const renamed = await write([await read(documentId, authorId, clock.now())])
      return renamed.get(documentId) ?? null
    },

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
      run([...waiting])
      await Promise.all(running)
    },

    /** Forgets what waits; the next start catches up. */
    stop(): void {
      stopped = true
      clearTimeout(timer)
      waiting.clear()
    },
  }
}
