import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import type { Writer } from '../storage/port.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { noteMentions } from './mentions.ts'
import { isOver, type Spell, takeIn } from './spell.ts'
import {
  deleteOpen,
  hasMore,
  readCounted,
  readDue,
  readOpen,
  readUncounted,
  writeCounted,
  writeOpen,
} from './spellsStore.ts'

/** Changed documents are counted this often: before folding packs their rows, and seldom enough to cost nothing. ms. */
const countEvery = 5_000
/** With a mention in it, it is counted this soon [NOTIFY-4]. ms */
const mentionWithin = 100
/** Spells that are over are looked for each so many times. */
const countsBetweenLooks = 6

export type Spells = ReturnType<typeof createSpells>

type Needs = Pick<DocumentsDependencies, 'storage' | 'clock' | 'log' | 'events' | 'texts'>

/**
 * Tells of editing spells, one event for what one author did in one document, at its end, and of mentions at once.
 * Counted from the journal's rows, with the position that the count has come to in the same transaction: a kill loses none and tells none twice.
 */
export function createSpells({ storage, clock, log, events, texts }: Needs) {
  const changed = new Set<DocumentId>()
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  let counts = 0

  const tell = (tx: Writer, workspaceId: WorkspaceId, documentId: DocumentId, spell: Spell): Promise<number> =>
    events.append(tx, workspaceId, spell.authorId, {
      type: 'document.edited',
      documentId,
      from: spell.fromAt,
      to: spell.toAt,
      edits: spell.edits,
      added: spell.added,
      removed: spell.removed,
    })

  /** Counts what was written since the last time; a page of the journal in each transaction. */
  async function count(documentId: DocumentId): Promise<void> {
    for (;;) {
      const counted = await readCounted(storage.read, documentId)
      if (counted === undefined) return
      const runs = await texts().writtenSince(documentId, counted.seq)
      const last = runs.at(-1)
      if (last === undefined) return
      await storage.transaction(async (tx) => {
        // Somebody else has counted these.
        if ((await readCounted(tx, documentId))?.seq !== counted.seq) return
        const open = await readOpen(tx, documentId)
        for (const run of runs) {
          // What a document is made with is told by its creation.
          const isNew = run.toAt > counted.createdAt
          await noteMentions(tx, events, { workspaceId: counted.workspaceId, documentId }, run, isNew)
          if (!isNew) continue
          const ended = takeIn(open, run)
          if (ended !== null) await tell(tx, counted.workspaceId, documentId, ended)
        }
        for (const spell of open.values()) await writeOpen(tx, documentId, spell)
        await writeCounted(tx, documentId, last.toSeq)
      })
    }
  }

  async function close(documentId: DocumentId): Promise<void> {
    await count(documentId)
    await storage.transaction(async (tx) => {
      const counted = await readCounted(tx, documentId)
      // Written between the count and this: it may go on with what looks over, and is counted before the next look.
      if (counted !== undefined && (await hasMore(tx, documentId, counted.seq))) {
        changed.add(documentId)
        return
      }
      const now = clock.now()
      for (const spell of (await readOpen(tx, documentId)).values()) {
        if (!isOver(spell, now)) continue
        await deleteOpen(tx, documentId, spell.authorId)
        if (counted !== undefined) await tell(tx, counted.workspaceId, documentId, spell)
      }
    })
  }

  async function guarded(documentId: DocumentId, work: (documentId: DocumentId) => Promise<void>): Promise<void> {
    try {
      await work(documentId)
    } catch (error) {
      log.warn({ err: error, documentId }, 'what was edited in a document could not be counted')
      // Nothing of it was written: the next time finds the same rows.
      changed.add(documentId)
    }
  }

  async function countChanged(): Promise<void> {
    const due = [...changed]
    changed.clear()
    for (const documentId of due) {
      if (stopped) return
      await guarded(documentId, count)
    }
  }

  async function closeDue(): Promise<void> {
    for (const documentId of await readDue(storage.read, clock.now())) {
      if (stopped) return
      await guarded(documentId, close)
    }
  }

  /** One after the other, so that a slow disk is not asked twice for the same. */
  function enqueue(work: () => Promise<void>): Promise<void> {
    running = running
      .then(work)
      .catch((error: unknown) => log.warn({ err: error }, 'editing spells were not looked at'))
    return running
  }

  let soon: NodeJS.Timeout | undefined
  function countSoon(): void {
    soon ??= setTimeout(() => {
      soon = undefined
      void enqueue(countChanged)
    }, mentionWithin)
  }

  let due = false
  const timer = setInterval(() => {
    if (due) return
    due = true
    const look = counts++ % countsBetweenLooks === 0
    void enqueue(async () => {
      due = false
      await countChanged()
      if (look) await closeDue()
    })
  }, countEvery)
  timer.unref()

  return {
    /** Told by sync after each commit, off the edit path. */
    textChanged(documentId: DocumentId, mentions: boolean): void {
      changed.add(documentId)
      if (mentions) countSoon()
    },

    /** Finds what an earlier process left uncounted, and tells of what has ended since. */
    catchUp: (): Promise<void> =>
      enqueue(async () => {
        for (const documentId of await readUncounted(storage.read)) changed.add(documentId)
        await countChanged()
        await closeDue()
      }),

    /** Counts and tells now what is due by the clock. */
    settle: (): Promise<void> =>
      enqueue(async () => {
        await countChanged()
        await closeDue()
      }),

    /** Resolves when nothing is being written any more; what is open is told by the next process. */
    async stop(): Promise<void> {
      stopped = true
      clearInterval(timer)
      clearTimeout(soon)
      await running
    },
  }
}
