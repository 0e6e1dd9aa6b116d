import { setTimeout as pause } from 'node:timers/promises'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { Writer } from '../storage/port.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { type Heard, HeardRuns } from './HeardRuns.ts'
import { noteMentions } from './mentions.ts'
import { isOver, type Spell, takeIn } from './spell.ts'
import {
  type Counted,
  countedWrite,
  deleteOpen,
  hasMore,
  openWrites,
  readCounted,
  readDue,
  readOpen,
  readUncounted,
} from './spellsStore.ts'
import type { JournalRun } from './textPort.ts'

/** Changed documents are counted this often: before folding packs their rows, and seldom enough to cost nothing. ms. */
const countEvery = 5_000
/** With a mention in it, it is counted this soon [NOTIFY-4]. ms */
const mentionWithin = 100
/** Documents that are counted in one transaction. */
const documentsAtOnce = 50
/** How long counting leaves the event loop to others after each document, as a multiple of what it took. */
const pauseShare = 4
/** Spells that are over are looked for each so many times. */
const countsBetweenLooks = 6

export type Spells = ReturnType<typeof createSpells>

/** New in a document. */
interface Written extends Heard {
  /** All that was heard of; else there may be another page of it. */
  isAll: boolean
}

type Needs = Pick<DocumentsDependencies, 'storage' | 'clock' | 'log' | 'events' | 'texts'>

/**
 * Tells of editing spells, one event for what one author did in one document, at its end, and of mentions at once.
 * Counted from the journal's rows, with the position that the count has come to in the same transaction: a kill loses none and tells none twice.
 */
export function createSpells({ storage, clock, log, events, texts }: Needs) {
  const changed = new Set<DocumentId>()
  const heard = new HeardRuns()
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

  /** What was written in each document behind its position: what was heard of it, or a page of its journal at most. */
  async function readNew(counted: ReadonlyMap<DocumentId, Counted>): Promise<Map<DocumentId, Written>> {
    const written = new Map<DocumentId, Written>()
    for (const [documentId, { seq }] of counted) {
      const known = heard.take(documentId, seq)
      if (known !== null) {
        written.set(documentId, { ...known, isAll: true })
        continue
      }
      const start = performance.now()
      const runs = await texts().writtenSince(documentId, seq)
      const toSeq = runs.at(-1)?.toSeq ?? seq
      heard.readTo(documentId, toSeq)
      if (runs.length > 0) written.set(documentId, { runs, toSeq, isAll: false })
      // Reading takes the event loop: edits that come meanwhile must not wait for all the documents.
      if (counted.size > 1) await pause(pauseShare * (performance.now() - start))
    }
    return written
  }

  /** Counts what was written since the last time and until now; a page of each journal in one transaction. */
  async function count(documentIds: readonly DocumentId[]): Promise<void> {
    const begun = clock.now()
    let left = [...documentIds]
    while (left.length > 0) {
      const counted = await readCounted(storage.read, left)
      const written = await readNew(counted)
      if (written.size === 0) return
      await storage.transaction(async (tx) => {
        const known = await readCounted(tx, [...written.keys()])
        // Not those that somebody else has counted meanwhile, or that are gone.
        const own = [...written].filter(([documentId]) => known.get(documentId)?.seq === counted.get(documentId)?.seq)
        if (own.length === 0) return
        const open = await readOpen(
          tx,
          own.map(([documentId]) => documentId),
        )
        for (const [documentId, { runs }] of own) {
          const place = known.get(documentId)
          const spells = open.get(documentId)
          if (place && spells) await takeRuns(tx, documentId, place, runs, spells)
        }
        const seqs = new Map(own.map(([documentId, { toSeq }]) => [documentId, toSeq]))
        for (const write of [...openWrites(tx, open), countedWrite(tx, seqs)]) storage.withCommit(tx, write)
      })
      left = []
      for (const [documentId, { runs, isAll }] of written) {
        if (isAll) continue
        // What is written while this counts is for the next time: in a busy document there is always more.
        if ((runs.at(-1)?.toAt ?? begun) < begun) left.push(documentId)
        else changed.add(documentId)
      }
    }
  }

  async function takeRuns(
    tx: Writer,
    documentId: DocumentId,
    { workspaceId, createdAt }: Counted,
    runs: readonly JournalRun[],
    spells: Map<UserId, Spell>,
  ): Promise<void> {
    for (const run of runs) {
      // What a document is made with is told by its creation.
      const isNew = run.toAt > createdAt
      if (run.mentions.length > 0) await noteMentions(tx, events, { workspaceId, documentId }, run, isNew)
      if (!isNew) continue
      const ended = takeIn(spells, run)
      if (ended !== null) await tell(tx, workspaceId, documentId, ended)
    }
  }

  async function close(documentId: DocumentId): Promise<void> {
    await count([documentId])
    await storage.transaction(async (tx) => {
      const counted = (await readCounted(tx, [documentId])).get(documentId)
      // Written between the count and this: it may go on with what looks over, and is counted before the next look.
      if (counted !== undefined && (await hasMore(tx, documentId, counted.seq))) {
        changed.add(documentId)
        return
      }
      const now = clock.now()
      for (const spell of (await readOpen(tx, [documentId])).get(documentId)?.values() ?? []) {
        if (!isOver(spell, now)) continue
        await deleteOpen(tx, documentId, spell.authorId)
        if (counted !== undefined) await tell(tx, counted.workspaceId, documentId, spell)
      }
    })
  }

  async function guarded(documentId: DocumentId, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      log.warn({ err: error, documentId }, 'what was edited in a document could not be counted')
      // Nothing of it was written: the next time finds the same rows.
      changed.add(documentId)
    }
  }

  async function countChanged(): Promise<void> {
    const due = [...changed]
    changed.clear()
    for (let from = 0; from < due.length; from += documentsAtOnce) {
      if (stopped) return
      const batch = due.slice(from, from + documentsAtOnce)
      try {
        await count(batch)
      } catch (error) {
        log.warn({ err: error }, 'what was edited could not be counted together')
        // One of them must not keep the others from being counted.
        for (const documentId of batch) await guarded(documentId, () => count([documentId]))
      }
    }
  }

  async function closeDue(): Promise<void> {
    heard.sweep()
    for (const documentId of await readDue(storage.read, clock.now())) {
      if (stopped) return
      await guarded(documentId, () => close(documentId))
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
    /** Told by sync after each commit, off the edit path. What it does not tell of is found in the journal. */
    textChanged(documentId: DocumentId, runs: readonly JournalRun[]): void {
      changed.add(documentId)
      heard.add(documentId, runs)
      if (runs.some(({ mentions }) => mentions.length > 0)) countSoon()
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
