import { type AccessRequest, askedAgainAfter, mayManage, openRequestsLimit } from '@weft/shared/documents'
import { type DocumentId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import type { Writer } from '../storage/port.ts'
import { type Actor, readHead, requireRole } from '../workspaces/index.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { requireDocument } from './policy.ts'

const day = 86_400_000

/** What somebody asked is answered by what they were given, and goes with a membership. */
export const deleteRequest = (tx: Writer, documentId: DocumentId, userId: UserId) =>
  tx.deleteFrom('access_requests').where('document_id', '=', documentId).where('user_id', '=', userId).execute()

export const deleteRequestsOf = (tx: Writer, userId: UserId, workspaceId: WorkspaceId) =>
  tx.deleteFrom('access_requests').where('user_id', '=', userId).where('workspace_id', '=', workspaceId).execute()

/** People who ask to see a document, and those who can let them. */
export function createAccessRequests({
  storage,
  clock,
  commit,
}: Pick<DocumentsDependencies, 'storage' | 'clock' | 'commit'>) {
  async function checkCount(tx: Writer, userId: UserId): Promise<void> {
    const { count } = await tx
      .selectFrom('access_requests')
      .where('user_id', '=', userId)
      .where('at', '>', clock.now() - day)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count) >= openRequestsLimit)
      throw new WeftError('too-many', 'You have asked for many documents today: wait for the answers.')
  }

  return {
    /**
     * [ACCESS-3] Writes down that somebody asks, in the same way for what there is not and for what they may see: the
     * same rows, the same event, the same answer. Asked again it changes nothing for some days.
     */
    async askAccess(by: Actor, workspaceId: WorkspaceId, documentId: DocumentId): Promise<{ asked: true }> {
      return commit.unlessDone(by, async () => {
        await requireRole(storage.read, by.userId, workspaceId)
        return commit(by, workspaceId, async (tx, say) => {
          await requireRole(tx, by.userId, workspaceId)
          const at = clock.now()
          const known = await tx
            .selectFrom('access_requests')
            .where('document_id', '=', documentId)
            .where('user_id', '=', by.userId)
            .select('at')
            .executeTakeFirst()
          // By its time alone: what has become of it would tell whether anybody could answer.
          if (known !== undefined && known.at > at - askedAgainAfter) return { asked: true as const }
          await checkCount(tx, by.userId)
          await tx
            .insertInto('access_requests')
            .values({ document_id: documentId, user_id: by.userId, workspace_id: workspaceId, at, declined_at: null })
            .onConflict((row) =>
              row.columns(['document_id', 'user_id']).doUpdateSet({ workspace_id: workspaceId, at, declined_at: null }),
            )
            .execute()
          await say({ type: 'document.access-asked', documentId })
          return { asked: true as const }
        })
      })
    },

    /** Who waits for an answer, the first one first; without those who may see it by now. */
    async accessRequests(by: UserId, documentId: DocumentId): Promise<AccessRequest[]> {
      const { workspaceId } = await requireDocument(storage.read, by, documentId, mayManage, 'archived-too')
      const rows = await storage.read
        .selectFrom('access_requests')
        .where('document_id', '=', documentId)
        .where('workspace_id', '=', workspaceId)
        .where('declined_at', 'is', null)
        .select(['user_id as userId', 'at'])
        .orderBy('at')
        .execute()
      const roles = await Promise.all(
        rows.map(({ userId }) => requireDocument(storage.read, userId, documentId).catch(() => null)),
      )
      return rows.filter((_, at) => roles[at] === null)
    },

    /** The one who asked is told nothing. */
    async declineAccess(by: Actor, documentId: DocumentId, userId: UserId): Promise<{ seq: number }> {
      return commit.unlessDone(by, async () => {
        const { workspaceId } = await requireDocument(storage.read, by.userId, documentId, mayManage, 'archived-too')
        return commit(by, workspaceId, async (tx) => {
          await requireDocument(tx, by.userId, documentId, mayManage, 'archived-too')
          await tx
            .updateTable('access_requests')
            .set({ declined_at: clock.now() })
            .where('document_id', '=', documentId)
            .where('user_id', '=', userId)
            .where('declined_at', 'is', null)
            .execute()
          return { seq: await readHead(tx, workspaceId) }
        })
      })
    },
  }
}
