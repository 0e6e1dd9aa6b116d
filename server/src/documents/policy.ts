import { type Document, type DocumentRole, documentRole } from '@weft/shared/documents'
import { type DocumentId, type UserId, WeftError } from '@weft/shared/kit'
import type { Reader } from '../storage/port.ts'
import { type Found, findFor } from './store.ts'

/** [ACCESS-3] The same words whether it does not exist, is in the trash, or is not for the one who asks. */
export const noDocument = (): WeftError =>
  new WeftError('not-found', 'There is no such document, or it is not shared with you.')

export const notPermitted = (): WeftError =>
  new WeftError('not-permitted', 'Your role on this document does not allow that.')

export const roleIn = (found: Found): DocumentRole | null => documentRole(found.member, found.grant)

/** The document, if the person may view it and `may` says yes. In place unless the trash is asked for. */
export async function requireDocument(
  db: Reader,
  userId: UserId,
  documentId: DocumentId,
  may: (role: DocumentRole) => boolean = () => true,
  where: 'in-place' | 'trash-too' = 'in-place',
): Promise<Found & { role: DocumentRole }> {
  const found = await findFor(db, userId, documentId)
  const role = found ? roleIn(found) : null
  if (!found || role === null || (found.removedAt !== null && where === 'in-place')) throw noDocument()
  if (!may(role)) throw notPermitted()
  return { ...found, role }
}

/** What the person is shown of it; null: nothing. */
export function toDocument(found: Found): Document | null {
  const role = roleIn(found)
  if (role === null) return null
  const { member, grant: _grant, parentGrant, removedAt: _removedAt, setAside: _setAside, ...shown } = found
  return { ...shown, role, parentId: documentRole(member, parentGrant) === null ? null : found.parentId }
}
