import { mayEdit } from '@weft/shared/documents'
import { type DocumentId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import type { FilesDependencies } from './dependencies.ts'

/** [ACCESS-3] The same words for what there is not, and for what is shown in no document that the person may see. */
export const noFile = (): WeftError =>
  new WeftError('not-found', 'There is no such file, or no document that shows it is shared with you.')

const noDocument = (): WeftError =>
  new WeftError('not-found', 'There is no such document, or it is not shared with you.')

/** The workspace of a document in which the person may put pictures: whoever may write in it. */
export async function requireWritable(
  documents: FilesDependencies['documents'],
  userId: UserId,
  documentId: DocumentId,
): Promise<WorkspaceId> {
  const role = await documents.roleOf(userId, documentId)
  const workspaceId = role === null ? null : await documents.workspaceOf(documentId)
  if (workspaceId === null) throw noDocument()
  if (!mayEdit(role)) throw new WeftError('not-permitted', 'Your role on this document does not allow that.')
  return workspaceId
}
