import type { AccessGrant, AccessStep, DocumentRole } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Reader, Writer } from '../storage/port.ts'
import { linesOf } from './found.ts'

export const readGrants = (db: Reader, documentId: DocumentId): Promise<AccessGrant[]> =>
  db
    .selectFrom('document_access')
    .where('document_id', '=', documentId)
    .select(['user_id as userId', 'role'])
    .orderBy('user_id')
    .execute()

export async function readGrant(db: Reader, documentId: DocumentId, userId: UserId): Promise<DocumentRole | null> {
  const row = await db
    .selectFrom('document_access')
    .where('document_id', '=', documentId)
    .where('user_id', '=', userId)
    .select('role')
    .executeTakeFirst()
  return row?.role ?? null
}

export async function writeGrant(tx: Writer, documentId: DocumentId, grant: AccessGrant): Promise<void> {
  await tx
    .insertInto('document_access')
    .values({ document_id: documentId, user_id: grant.userId, role: grant.role })
    .onConflict((conflict) => conflict.columns(['document_id', 'user_id']).doUpdateSet({ role: grant.role }))
    .execute()
}

/** On documents that are new. */
export async function writeGrants(
  tx: Writer,
  grants: readonly (AccessGrant & { documentId: DocumentId })[],
): Promise<void> {
  if (grants.length === 0) return
  const rows = grants.map(({ documentId, userId, role }) => ({ document_id: documentId, user_id: userId, role }))
  await tx.insertInto('document_access').values(rows).execute()
}

export async function deleteGrant(tx: Writer, documentId: DocumentId, userId: UserId): Promise<void> {
  await tx.deleteFrom('document_access').where('document_id', '=', documentId).where('user_id', '=', userId).execute()
}

/** What was given to a person on the documents of a workspace goes with their membership. */
export async function deleteGrantsOf(tx: Writer, userId: UserId, workspaceId: WorkspaceId): Promise<void> {
  await tx
    .deleteFrom('document_access')
    .where('user_id', '=', userId)
    .where('document_id', 'in', (eb) =>
      eb.selectFrom('documents').select('documents.id').where('documents.workspace_id', '=', workspaceId),
    )
    .execute()
}

/** A member of a document's workspace with what the document's line says of them, from the top down. */
export interface MemberSteps {
  userId: UserId
  member: MemberRole
  line: readonly AccessStep[]
}

/** Nobody, if the document is in the trash or does not exist. Two queries, whatever the depth and the number of people. */
export async function readMemberSteps(db: Reader, documentId: DocumentId): Promise<MemberSteps[]> {
  const members = await db
    .selectFrom('documents')
    .innerJoin('members', 'members.workspace_id', 'documents.workspace_id')
    .where('documents.id', '=', documentId)
    .where('documents.removed_at', 'is', null)
    .select(['members.user_id as userId', 'members.role as member'])
    .execute()
  const line = await readLineGrants(db, documentId)
  const bare = line.map(({ restricted }) => ({ restricted, grant: null }))
  const listed = new Set(line.flatMap(({ grants }) => [...grants.keys()]))
  return members.map(({ userId, member }) => ({
    userId,
    member,
    line: listed.has(userId)
      ? line.map(({ restricted, grants }) => ({ restricted, grant: grants.get(userId) ?? null }))
      : bare,
  }))
}

export interface LineGrants {
  id: DocumentId
  title: string
  restricted: boolean
  grants: ReadonlyMap<UserId, DocumentRole>
}

/** A document and all that stands above it, from the top down, with what was given to whom on each. One query. */
export async function readLineGrants(db: Reader, documentId: DocumentId): Promise<LineGrants[]> {
  const rows = await db
    .selectFrom('documents')
    .leftJoin('document_access', 'document_access.document_id', 'documents.id')
    .where('documents.id', 'in', linesOf([documentId]))
    .select([
      'documents.id',
      'documents.parent_id as parentId',
      'documents.title',
      'documents.restricted',
      'document_access.user_id as userId',
      'document_access.role',
    ])
    .execute()
  const byId = Map.groupBy(rows, ({ id }) => id)
  const line: LineGrants[] = []
  for (let next: DocumentId | null = documentId; next !== null; ) {
    const grants: typeof rows = byId.get(next) ?? []
    byId.delete(next)
    const [first] = grants
    if (first === undefined) break
    const given = grants.flatMap(({ userId, role }) =>
      userId === null || role === null ? [] : [[userId, role] as const],
    )
    line.unshift({ id: first.id, title: first.title, restricted: first.restricted === 1, grants: new Map(given) })
    next = first.parentId
  }
  return line
}
