import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { atLeast, type MemberRole } from '@weft/shared/workspaces'
import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * What was given to a person in a workspace, with what that reaches below it, down to the next restriction: all that a
 * guest may see there. `narrower`: only what does not lie open to all members anyway.
 */
export const givenTo = (userId: UserId, workspaceId: WorkspaceId, narrower = false) => sql<DocumentId>`(
  with recursive given (id) as (
    select documents.id from document_access join documents on documents.id = document_access.document_id
    where document_access.user_id = ${userId} and documents.workspace_id = ${workspaceId}
      ${narrower ? sql`and documents.audience_id is not null` : sql``}
    union select documents.id from documents join given on documents.parent_id = given.id
    where documents.restricted = 0
  ) select id from given)`

/**
 * [ACCESS-1] The one rule as a condition on rows of `documents`: what somebody may see of a workspace that they belong
 * to. Members see what no restriction lies above, and of the rest what a guest would see. The trash is left out.
 */
export function visibleTo(userId: UserId, workspaceId: WorkspaceId, member: MemberRole): RawBuilder<SqlBool> {
  const inPlace = sql<SqlBool>`documents.workspace_id = ${workspaceId} and documents.removed_at is null`
  if (atLeast(member, 'admin')) return inPlace
  if (!atLeast(member, 'member')) return sql`${inPlace} and documents.id in ${givenTo(userId, workspaceId)}`
  return sql`${inPlace} and (documents.audience_id is null or documents.id in ${givenTo(userId, workspaceId, true)})`
}

/** A document with what lies below it, as far as `visible` documents lead there: a hidden one hides where others stand. */
export const reachedFrom = (documentId: DocumentId, visible: RawBuilder<SqlBool>) => sql<DocumentId>`(
  with recursive below (id) as (
    select ${documentId}
    union select documents.id from below cross join documents on documents.parent_id = below.id where ${visible}
  ) select id from below)`
