import { type AllowedOrigin, originLimit, originOf } from '@weft/shared/embed'
import { type DocumentId, OriginId, randomId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { mayManageEmbedding } from '@weft/shared/workspaces'
import type { Reader } from '../storage/port.ts'
import { type Actor, readHead, requireRole } from '../workspaces/index.ts'
import type { EmbedDependencies } from './dependencies.ts'

const readOrigins = (db: Reader, workspaceId: WorkspaceId): Promise<AllowedOrigin[]> =>
  db
    .selectFrom('allowed_origins')
    .where('workspace_id', '=', workspaceId)
    .select(['id', 'origin'])
    .orderBy('origin')
    .execute()

/** The places whose pages may open documents of a workspace. One is added or removed at a time, so that none is lost. */
export function createOrigins({ storage, commit }: Pick<EmbedDependencies, 'storage' | 'commit'>) {
  return {
    async origins(by: UserId, workspaceId: WorkspaceId): Promise<AllowedOrigin[]> {
      await requireRole(storage.read, by, workspaceId, mayManageEmbedding)
      return readOrigins(storage.read, workspaceId)
    },

    /** Whether a document's workspace allows a place. */
    async mayEmbedFrom(origin: string, documentId: DocumentId): Promise<boolean> {
      const row = await storage.read
        .selectFrom('allowed_origins')
        .innerJoin('documents', 'documents.workspace_id', 'allowed_origins.workspace_id')
        .where('documents.id', '=', documentId)
        .where('allowed_origins.origin', '=', origin)
        .select('allowed_origins.id')
        .executeTakeFirst()
      return row !== undefined
    },

    addOrigin: (by: Actor, workspaceId: WorkspaceId, written: string): Promise<AllowedOrigin> =>
      commit(by, workspaceId, async (tx, say) => {
        await requireRole(tx, by.userId, workspaceId, mayManageEmbedding)
        const origin = originOf(written)
        if (origin === null) {
          throw new WeftError('invalid-input', 'origin: an address such as https://example.org is needed.')
        }
        const before = await readOrigins(tx, workspaceId)
        const there = before.find((one) => one.origin === origin)
        if (there !== undefined) return there
        if (before.length >= originLimit) {
          throw new WeftError('too-many', `A workspace allows at most ${originLimit} addresses: remove one first.`)
        }
        const id = OriginId.parse(randomId())
        await tx.insertInto('allowed_origins').values({ id, workspace_id: workspaceId, origin }).execute()
        await say({ type: 'embed.origins-changed' })
        return { id, origin }
      }),

    removeOrigin: (by: Actor, workspaceId: WorkspaceId, originId: OriginId): Promise<{ seq: number }> =>
      commit(by, workspaceId, async (tx, say) => {
        await requireRole(tx, by.userId, workspaceId, mayManageEmbedding)
        const gone = await tx
          .deleteFrom('allowed_origins')
          .where('workspace_id', '=', workspaceId)
          .where('id', '=', originId)
          .returning('id')
          .executeTakeFirst()
        if (gone === undefined) return { seq: await readHead(tx, workspaceId) }
        return { seq: await say({ type: 'embed.origins-changed' }) }
      }),
  }
}
