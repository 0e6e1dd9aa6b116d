import { mayManage, trashDays } from '@weft/shared/documents'
import { type DocumentId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import type { Writer } from '../storage/index.ts'
import { type Actor, requireRole } from '../workspaces/index.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { listRemovedFor, readRoles } from './found.ts'
import { keepInheritance, readInheritance } from './inheritance.ts'
import { notPermitted, requireDocument } from './policy.ts'
import { deletePurged, readDue, readStrays, readSubtree, updatePlace } from './store.ts'
import { createTextSweep } from './textSweep.ts'
import { positionIn } from './tree.ts'

const day = 24 * 3_600_000
/** How often the trash is looked through; ms. */
const every = 3_600_000
/** Documents that go in one transaction: some milliseconds of the writer, for which everybody waits. */
const batch = 50

/** The end of what is in the trash: by somebody who manages it, or after its time there. */
export function createPurging(deps: DocumentsDependencies) {
  const { storage, clock, log, events, commit } = deps
  const sweep = createTextSweep(deps)
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  /**
   * What stands below one of them and stays in the trash by itself keeps its access in its new place. Those that go are
   * whole branches from their ends on, so that nothing else stands below.
   */
  async function forget(tx: Writer, documentIds: readonly DocumentId[]): Promise<void> {
    for (const { id, parentId, workspaceId, restricted } of await readStrays(tx, documentIds)) {
      if (!restricted) await keepInheritance(tx, id, await readInheritance(tx, parentId))
      const position = await positionIn(tx, workspaceId, null, undefined, id)
      await updatePlace(tx, id, { parentId: null, position })
    }
    await deletePurged(tx, documentIds, clock.now())
  }

  /** Of one tree: who deletes it for good must manage all of it. */
  async function purgeTree(by: Actor, documentId: DocumentId): Promise<{ seq: number; purged: number }> {
    const found = await requireDocument(storage.read, by.userId, documentId, mayManage, 'trash-too')
    const { removedAt, workspaceId } = found
    if (removedAt === null) throw new WeftError('conflict', 'This document is not in the trash: put it there first.')
    const ids = (await readSubtree(storage.read, documentId, removedAt)).map(({ id }) => id).toReversed()
    let seq = 0
    for (let from = 0; from < ids.length; from += batch) {
      const some = ids.slice(from, from + batch)
      const last = from + batch >= ids.length
      seq = await commit({ ...by, commandId: last ? by.commandId : null }, workspaceId, async (tx, say) => {
        // Somebody may have brought it back in between.
        const still = await requireDocument(tx, by.userId, documentId, mayManage, 'trash-too')
        if (still.removedAt !== removedAt) throw new WeftError('conflict', 'Somebody has brought this document back.')
        const roles = await readRoles(tx, by.userId, some)
        if (some.some((id) => !mayManage(roles.get(id)?.role ?? null))) throw notPermitted()
        await forget(tx, some)
        return say({ type: 'document.purged', documentIds: some.toReversed() })
      })
    }
    return { seq, purged: ids.length }
  }

  /** Gone for good by the clock; the ends of branches first. */
  async function purgeDue(): Promise<void> {
    for (let due = await readDue(storage.read, clock.now() - trashDays * day, batch); due.length > 0; ) {
      for (const [workspaceId, rows] of Map.groupBy(due, (row) => row.workspaceId)) {
        const documentIds = rows.map(({ id }) => id)
        await storage.transaction(async (tx) => {
          await forget(tx, documentIds)
          await events.append(tx, workspaceId, null, { type: 'document.purged', documentIds })
        })
      }
      if (stopped) return
      due = await readDue(storage.read, clock.now() - trashDays * day, batch)
    }
    await sweep.run()
  }

  /** One after the other. */
  function run(work: () => Promise<void>): Promise<void> {
    running = running
      .then(work)
      .catch((error: unknown) => log.error({ err: error }, 'what is deleted for good could not be removed'))
    return running
  }

  return {
    async purge(by: Actor, documentId: DocumentId): Promise<{ seq: number }> {
      const { seq } = await commit.unlessDone(by, () => purgeTree(by, documentId))
      void run(sweep.run)
      return { seq }
    },

    /** What the person does not manage stays. */
    async emptyTrash(by: Actor, workspaceId: WorkspaceId): Promise<{ purged: number }> {
      return commit.unlessDone(by, async () => {
        let purged = 0
        for (const documentId of await ownRoots(by.userId, workspaceId)) {
          try {
            purged += (await purgeTree({ ...by, commandId: null }, documentId)).purged
          } catch (error) {
            // Brought back meanwhile, or with something in it that another person manages.
            if (!(error instanceof WeftError) || error.reaction === 'retry') throw error
          }
        }
        void run(sweep.run)
        return commit(by, workspaceId, async () => ({ purged }))
      })
    },

    purgeDue: (): Promise<void> => run(purgeDue),

    startPurging(): void {
      void run(purgeDue)
      timer = setInterval(() => void run(purgeDue), every)
      timer.unref()
    },

    async stopPurging(): Promise<void> {
      stopped = true
      clearInterval(timer)
      sweep.stop()
      await running
    },
  }

  async function ownRoots(userId: UserId, workspaceId: WorkspaceId): Promise<DocumentId[]> {
    const member = await requireRole(storage.read, userId, workspaceId)
    const rows = await listRemovedFor(storage.read, userId, workspaceId, member)
    const removed = new Map(rows.map(({ id, removedAt }) => [id, removedAt]))
    return rows.flatMap(({ id, role, parentId, removedAt }) => {
      const withParent = parentId !== null && removed.get(parentId) === removedAt
      return mayManage(role) && !withParent ? [id] : []
    })
  }
}
