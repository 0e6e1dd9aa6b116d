import { mayEdit } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import { type Actor, readHead } from '../workspaces/index.ts'
import { bringToTop, takeBranch } from './branch.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { requireDocument } from './policy.ts'
import { readArchived, setArchived } from './store.ts'

/** Documents that are out of the tree and for reading only, and can still be found. */
export function createArchive({ storage, clock, commit }: DocumentsDependencies) {
  const placeOf = async (by: Actor, documentId: DocumentId) =>
    (await requireDocument(storage.read, by.userId, documentId, mayEdit, 'archived-too')).workspaceId

  return {
    /** With all below it that is in the tree; whoever may see one of them and not edit it can't. */
    async archive(by: Actor, documentId: DocumentId): Promise<{ seq: number }> {
      return commit.unlessDone(by, async () => {
        const workspaceId = await placeOf(by, documentId)
        return commit(by, workspaceId, async (tx, say) => {
          const found = await requireDocument(tx, by.userId, documentId, mayEdit, 'archived-too')
          if (found.archivedAt !== null) return { seq: await readHead(tx, workspaceId) }
          const documentIds = await takeBranch(tx, say, by, found)
          await setArchived(tx, documentIds, clock.now())
          return { seq: await say({ type: 'document.archived', documentIds }) }
        })
      })
    },

    /** With what was archived with it. Where its parent is archived still, it comes back on the top level. */
    async unarchive(by: Actor, documentId: DocumentId): Promise<{ seq: number }> {
      return commit.unlessDone(by, async () => {
        const workspaceId = await placeOf(by, documentId)
        return commit(by, workspaceId, async (tx, say) => {
          const found = await requireDocument(tx, by.userId, documentId, mayEdit, 'archived-too')
          if (found.archivedAt === null) return { seq: await readHead(tx, workspaceId) }
          const documentIds = await readArchived(tx, documentId, found.archivedAt)
          await setArchived(tx, documentIds, null)
          await bringToTop(tx, found, false)
          return { seq: await say({ type: 'document.unarchived', documentIds }) }
        })
      })
    },
  }
}
