import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { requireRole } from '../workspaces/index.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { noDocument, requireDocument } from './policy.ts'
import { reachedFrom, visibleTo } from './visible.ts'

/** For queries over many documents at once, which must not look at those that are not for the person who asks. */
export function createVisibility({ storage }: Pick<DocumentsDependencies, 'storage'>) {
  return {
    /**
     * A condition on rows of `documents` that lets through what the person may see of a workspace, in the tree, at or
     * below one document if that is named. Rejects with `not-found` where they may see neither [ACCESS-3].
     */
    async visibleIn(userId: UserId, workspaceId: WorkspaceId, below?: DocumentId): Promise<RawBuilder<SqlBool>> {
      const member = await requireRole(storage.read, userId, workspaceId)
      const visible = visibleTo(userId, workspaceId, member)
      if (below === undefined) return visible
      const root = await requireDocument(storage.read, userId, below)
      if (root.workspaceId !== workspaceId) throw noDocument()
      return sql`${visible} and documents.id in ${reachedFrom(below, visible)}`
    },
  }
}
