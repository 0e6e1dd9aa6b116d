import { type DocumentRole, documentRole, type OutsideGrant, outsideRole, roleOnText } from '@weft/shared/documents'
import { DocumentId, type UserId, WorkspaceId } from '@weft/shared/kit'
import { atLeast } from '@weft/shared/workspaces'
import { readRole } from '../workspaces/index.ts'
import { readLineGrants, readMemberSteps } from './accessStore.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { batchSize, findFor, readRoles } from './found.ts'
import { readPlace } from './store.ts'

/** One person who may see a document, and as what. */
export interface Viewer {
  userId: UserId
  role: DocumentRole
}

/**
 * Who is told of what happens in a document: its workspace, or where its access is narrower a document, with what lies
 * below it down to the next restricted one.
 */
export type Audience =
  | { kind: 'workspace'; id: WorkspaceId; workspaceId: WorkspaceId }
  | { kind: 'document'; id: DocumentId; workspaceId: WorkspaceId }

/** Who may see what, for one person or for all, for one document or for many. */
export function createAudiences({ storage }: Pick<DocumentsDependencies, 'storage'>) {
  async function audiencesOf(documentIds: readonly DocumentId[]): Promise<Map<DocumentId, Audience>> {
    const found = new Map<DocumentId, Audience>()
    for (let from = 0; from < documentIds.length; from += batchSize) {
      const rows = await storage.read
        .selectFrom('documents')
        .where('id', 'in', documentIds.slice(from, from + batchSize))
        .select(['id', 'workspace_id as workspaceId', 'audience_id as audienceId'])
        .execute()
      for (const { id, workspaceId, audienceId } of rows) {
        const narrower = audienceId === null ? null : ({ kind: 'document', id: audienceId, workspaceId } as const)
        found.set(id, narrower ?? { kind: 'workspace', id: workspaceId, workspaceId })
      }
    }
    return found
  }

  return {
    /** Null: may not see it, it is in the trash, or there is none [ACCESS-3]. One query. */
    async roleOf(userId: UserId, documentId: DocumentId): Promise<DocumentRole | null> {
      const found = await findFor(storage.read, userId, documentId)
      return found && found.removedAt === null ? found.role : null
    },

    /** The same for the text: nobody writes in an archived document. */
    async textRoleOf(userId: UserId, documentId: DocumentId): Promise<DocumentRole | null> {
      const found = await findFor(storage.read, userId, documentId)
      return found && found.removedAt === null ? roleOnText(found.role, found.archivedAt) : null
    },

    /** On the text: of those who are no members, by what was given in a workspace to whatever let them in. */
    async outsideRoleOf(
      workspaceId: WorkspaceId,
      grant: OutsideGrant<DocumentId>,
      documentId: DocumentId,
    ): Promise<DocumentRole | null> {
      const place = await readPlace(storage.read, documentId)
      if (place === undefined || place.workspaceId !== workspaceId || place.removedAt !== null) return null
      const role = outsideRole(grant, await readLineGrants(storage.read, documentId))
      return roleOnText(role, place.archivedAt)
    },

    /** The same for many documents, of any workspaces; those that the person may not see are left out. */
    async rolesOf(userId: UserId, documentIds: readonly DocumentId[]): Promise<Map<DocumentId, DocumentRole>> {
      const found = await readRoles(storage.read, userId, documentIds)
      return new Map([...found].flatMap(([id, { role, removedAt }]) => (removedAt === null ? [[id, role]] : [])))
    },

    /** Everybody who may see a document, in no order; nobody, if it is in the trash or there is none. Two queries. */
    async viewersOf(documentId: DocumentId): Promise<Viewer[]> {
      const people = await readMemberSteps(storage.read, documentId)
      return people.flatMap(({ userId, member, line }) => {
        const role = documentRole(member, line)
        return role === null ? [] : [{ userId, role }]
      })
    },

    /** Null: there is no such document. What is in the trash keeps the audience that it had. */
    async audienceOf(documentId: DocumentId): Promise<Audience | null> {
      return (await audiencesOf([documentId])).get(documentId) ?? null
    },

    /** The same for many documents; those that do not exist are left out. */
    audiencesOf,

    /**
     * Whether a person may see all that an audience is told. A guest does not see all of a workspace; whoever may open
     * a restricted document may open what lies below it, down to the next restricted one. No for an id of nothing, and
     * for a document that is no audience of its own.
     */
    async isInAudience(userId: UserId, audienceId: string): Promise<boolean> {
      const [workspace, document] = [WorkspaceId.safeParse(audienceId), DocumentId.safeParse(audienceId)]
      if (!workspace.success || !document.success) return false
      const member = await readRole(storage.read, userId, workspace.data)
      if (member !== null) return atLeast(member, 'member')
      const found = await findFor(storage.read, userId, document.data)
      return found !== undefined && found.audienceId === found.id && found.role !== null && found.removedAt === null
    },

    /** [ACCESS-5] Nothing that is given on a document takes the view away from a member; a restriction does. */
    async isVisibleToAllMembers(documentId: DocumentId, workspaceId: WorkspaceId): Promise<boolean> {
      const place = await readPlace(storage.read, documentId)
      return place?.workspaceId === workspaceId && place.removedAt === null && place.audienceId === null
    },
  }
}
