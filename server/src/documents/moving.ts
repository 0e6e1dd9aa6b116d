import { type DocumentRole, mayEdit, mayManage } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import type { Writer } from '../storage/index.ts'
import { type Actor, readHead, requireRole } from '../workspaces/index.ts'
import { bringToTop, takeBranch } from './branch.ts'
import { requireParent } from './creation.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import type { Found } from './found.ts'
import { readInheritance, readReach, sameInheritance, writeAudience } from './inheritance.ts'
import { notMovable, notYoursToPlace, requireDocument, type State } from './policy.ts'
import { readSubtree, setRemoved, updatePlace } from './store.ts'
import { checkLine, positionIn, siblingFor } from './tree.ts'

/** The tree: places, the trash, and the way back out of it. */
export function createMoving({ storage, clock, commit }: DocumentsDependencies) {
  /** Where the document belongs is known before its transaction, whose events go to that workspace. */
  const placeOf = async (by: Actor, documentId: DocumentId, where: State = 'in-place') =>
    (await requireDocument(storage.read, by.userId, documentId, mayEdit, where)).workspaceId

  /** The documents whose access another place may change; only who manages a document may take it to another audience. */
  async function changeInheritance(
    tx: Writer,
    moved: Found & { role: DocumentRole },
    parent: Found | null,
  ): Promise<DocumentId[] | null> {
    if (moved.restricted || moved.parentId === (parent?.id ?? null)) return []
    const audienceId = parent?.audienceId ?? null
    if (audienceId !== moved.audienceId) {
      if (!mayManage(moved.role)) throw notMovable()
      await writeAudience(tx, moved.id, audienceId)
    }
    const before = await readInheritance(tx, moved.parentId)
    const after = await readInheritance(tx, parent?.id ?? null)
    return sameInheritance(before, after) ? [] : readReach(tx, moved.id, null)
  }

  return {
    async move(by: Actor, documentId: DocumentId, parentId: DocumentId | null, afterId?: DocumentId | null) {
      return commit.unlessDone(by, async () => {
        const workspaceId = await placeOf(by, documentId)
        return commit(by, workspaceId, async (tx, say) => {
          await requireRole(tx, by.userId, workspaceId, mayCreateDocuments)
          const moved = await requireDocument(tx, by.userId, documentId, mayEdit)
          if (moved.parentId !== null && moved.parentRole === null) throw notYoursToPlace()
          const parent = parentId === null ? null : await requireParent(tx, by, workspaceId, parentId)
          if (parent !== null) await checkLine(tx, documentId, parent.id)
          const behind = await siblingFor(tx, by.userId, afterId)
          const position = await positionIn(tx, workspaceId, parentId, behind, documentId)
          const touched = await changeInheritance(tx, moved, parent)
          await updatePlace(tx, documentId, { parentId, position })
          return { seq: await say({ type: 'document.moved', documentId, parentId, touched }) }
        })
      })
    },

    /** Puts it into the trash with all below it; whoever may see one of them and not edit it can't. */
    async remove(by: Actor, documentId: DocumentId) {
      return commit.unlessDone(by, async () => {
        const workspaceId = await placeOf(by, documentId, 'archived-too')
        return commit(by, workspaceId, async (tx, say) => {
          const found = await requireDocument(tx, by.userId, documentId, mayEdit, 'archived-too')
          const taken = await takeBranch(tx, say, by, found)
          await setRemoved(tx, taken, clock.now())
          return { seq: await say({ type: 'document.removed', documentIds: taken }) }
        })
      })
    },

    /**
     * Brings back what went into the trash with it. Where its parent is in the trash still, it comes back on the top level,
     * and is nobody's to open there whose it was not before.
     */
    async restore(by: Actor, documentId: DocumentId) {
      return commit.unlessDone(by, async () => {
        const workspaceId = await placeOf(by, documentId, 'trash-too')
        return commit(by, workspaceId, async (tx, say) => {
          const found = await requireDocument(tx, by.userId, documentId, mayEdit, 'trash-too')
          if (found.removedAt === null) return { seq: await readHead(tx, workspaceId) }
          const documentIds = (await readSubtree(tx, documentId, found.removedAt)).map(({ id }) => id)
          await setRemoved(tx, documentIds, null)
          await bringToTop(tx, found, found.archivedAt !== null)
          return { seq: await say({ type: 'document.restored', documentIds }) }
        })
      })
    },
  }
}
