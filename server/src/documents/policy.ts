import type { Document, DocumentRole } from '@weft/shared/documents'
import { type DocumentId, type UserId, WeftError } from '@weft/shared/kit'
import type { Reader } from '../storage/port.ts'
import { type Found, findFor } from './found.ts'

/** [ACCESS-3] The same words whether it does not exist, is in the trash, or is not for the one who asks. */
export const noDocument = (): WeftError =>
  new WeftError('not-found', 'There is no such document, or it is not shared with you.')

export const notPermitted = (): WeftError =>
  new WeftError('not-permitted', 'Your role on this document does not allow that.')

/** Taking a document to where others may open it, or fewer, is a change of its access. */
export const notMovable = (): WeftError =>
  new WeftError('not-permitted', 'Other people can open documents there: only who manages this one may move it.')

/** It looks as if it stood on the top level; moving it there would take it out of a place that they know nothing of. */
export const notYoursToPlace = (): WeftError =>
  new WeftError('not-permitted', 'Only people who can open what this document stands below may move it.')

export const isArchived = (): WeftError =>
  new WeftError('conflict', 'This document is archived: put it back into the tree first.')

/** Which states of a document a call is for. */
export type State = 'in-place' | 'archived-too' | 'trash-too'

/**
 * The document, if the person may view it and `may` says yes. In place unless more is asked for; to look at, which is
 * without `may`, an archived one is as good.
 */
export async function requireDocument(
  db: Reader,
  userId: UserId,
  documentId: DocumentId,
  may?: (role: DocumentRole) => boolean,
  where: State = 'in-place',
): Promise<Found & { role: DocumentRole }> {
  const found = await findFor(db, userId, documentId)
  const role = found?.role ?? null
  if (!found || role === null || (found.removedAt !== null && where !== 'trash-too')) throw noDocument()
  if (may !== undefined && !may(role)) throw notPermitted()
  if (may !== undefined && found.archivedAt !== null && where === 'in-place') throw isArchived()
  return { ...found, role }
}

/** What the person is shown of it; null: nothing. */
export function toDocument(found: Found): Document | null {
  const { role, parentRole, audienceId, removedAt: _removed, setAside: _setAside, ...shown } = found
  if (role === null) return null
  return { ...shown, role, parentId: parentRole === null ? null : found.parentId, narrower: audienceId !== null }
}
