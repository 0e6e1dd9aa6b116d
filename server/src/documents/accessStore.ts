import type { AccessGrant, DocumentRole } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { Reader, Writer } from '../storage/port.ts'

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
