import { type AccessGrant, type DocumentRole, mayManage } from '@weft/shared/documents'
import { type DocumentId, type UserId, WeftError } from '@weft/shared/kit'
import { type Actor, readHead, readRole } from '../workspaces/index.ts'
import { deleteRequest } from './accessRequests.ts'
import { deleteGrant, readGrant, readGrants, writeGrant } from './accessStore.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { readReach } from './inheritance.ts'
import { requireDocument } from './policy.ts'

/** What was given to single people on a document, and holds for what lies below it. */
export function createSharing({ storage, commit }: DocumentsDependencies) {
  const placeOf = async (by: Actor, documentId: DocumentId) =>
    (await requireDocument(storage.read, by.userId, documentId, mayManage, 'archived-too')).workspaceId

  return {
    async access(by: UserId, documentId: DocumentId): Promise<AccessGrant[]> {
      await requireDocument(storage.read, by, documentId, mayManage, 'archived-too')
      return readGrants(storage.read, documentId)
    },

    async setAccess(by: Actor, documentId: DocumentId, userId: UserId, role: DocumentRole) {
      return commit.unlessDone(by, async () => {
        const workspaceId = await placeOf(by, documentId)
        return commit(by, workspaceId, async (tx, say) => {
          await requireDocument(tx, by.userId, documentId, mayManage, 'archived-too')
          if ((await readRole(tx, userId, workspaceId)) === null) {
            throw new WeftError('not-found', 'This person does not belong to the workspace: invite them first.')
          }
          await deleteRequest(tx, documentId, userId)
          if ((await readGrant(tx, documentId, userId)) === role) return { seq: await readHead(tx, workspaceId) }
          await writeGrant(tx, documentId, { userId, role })
          const touched = await readReach(tx, documentId, userId)
          return { seq: await say({ type: 'document.access-changed', documentId, userId, role, touched }) }
        })
      })
    },

    async clearAccess(by: Actor, documentId: DocumentId, userId: UserId) {
      return commit.unlessDone(by, async () => {
        const workspaceId = await placeOf(by, documentId)
        return commit(by, workspaceId, async (tx, say) => {
          await requireDocument(tx, by.userId, documentId, mayManage, 'archived-too')
          if ((await readGrant(tx, documentId, userId)) === null) return { seq: await readHead(tx, workspaceId) }
          await deleteGrant(tx, documentId, userId)
          const touched = await readReach(tx, documentId, userId)
          return { seq: await say({ type: 'document.access-changed', documentId, userId, role: null, touched }) }
        })
      })
    },
  }
}
