import { type DocumentId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { atLeast } from '@weft/shared/workspaces'
import { sql } from 'kysely'
import type { Reader } from '../storage/port.ts'
import type { ActivityDependencies, Reach } from './dependencies.ts'

export type Reaching = ReturnType<typeof createReach>

/** Who may read which part of the history: the policy of documents, asked once for a page. */
export function createReach({ storage, documents, memberRole }: ActivityDependencies) {
  /** [ACCESS-3] Rejects strangers as if there were no such workspace. */
  async function reachOf(userId: UserId, workspaceId: WorkspaceId): Promise<Reach> {
    const role = await memberRole(userId, workspaceId)
    if (role === null) throw new WeftError('not-found', 'There is no such workspace, or you do not belong to it.')
    if (!atLeast(role, 'member')) {
      const theirs = await documents.list(userId, workspaceId)
      return { kind: 'documents', documents: new Set(theirs.map(({ id }) => id)) }
    }
    const open = await documents.rolesOf(userId, await narrowerIn(storage.read, workspaceId))
    return { kind: 'audiences', audiences: new Set<string>([workspaceId, ...open.keys()]) }
  }

  /**
   * Which of the documents a person may read the history of now. Rows of a document that has just moved may still name
   * its old audience [ACCESS-5]: this asks the documents themselves.
   */
  async function readable(reach: Reach, documentIds: readonly DocumentId[]): Promise<Set<DocumentId>> {
    if (reach.kind === 'documents') return new Set(documentIds.filter((id) => reach.documents.has(id)))
    const audiences = await documents.audiencesOf(documentIds)
    return new Set(documentIds.filter((id) => reach.audiences.has(audiences.get(id)?.id ?? '')))
  }

  return { reachOf, readable }
}

/**
 * Documents that are audiences of their own. Read from the documents themselves, not from what has been told: who is let
 * into a new one must hear of it from its first event on.
 */
async function narrowerIn(db: Reader, workspaceId: WorkspaceId): Promise<DocumentId[]> {
  const { rows } = await narrowerStatement(workspaceId).execute(db)
  return rows.map((row) => row.id)
}

/** The 1 is written out, since the index has only the rows with it. Also for the test that looks at its plan. */
export const narrowerStatement = (workspaceId: WorkspaceId) =>
  sql<{ id: DocumentId }>`select id from documents where workspace_id = ${workspaceId} and restricted = 1`
