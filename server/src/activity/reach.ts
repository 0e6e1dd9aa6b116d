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
    const narrower = (await audiencesIn(storage.read, workspaceId)).filter((id) => id !== workspaceId)
    // An id that is not the workspace's is a document's.
    const open = await documents.rolesOf(userId, narrower as DocumentId[])
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

/** Audiences that anything has been told to, one look into the index for each. */
async function audiencesIn(db: Reader, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive found (id) as (
      select min(audience_id) from activity where workspace_id = ${workspaceId}
      union all
      select (select min(audience_id) from activity where workspace_id = ${workspaceId} and audience_id > found.id)
      from found where found.id is not null
    ) select id from found where id is not null`.execute(db)
  return rows.map((row) => row.id)
}
