import { type DocumentId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { generateKeyBetween } from 'fractional-indexing'
import type { Writer } from '../storage/port.ts'
import { findFor } from './found.ts'
import { readLine, readSiblings } from './store.ts'

/** A tree deeper than this is no tree that anybody made by hand; it bounds every walk upwards. */
const depthLimit = 100

const notHere = (): WeftError => new WeftError('invalid-input', 'afterId: not a document in this place.')

/**
 * The sibling to stand behind, for one person. To who may not see what a document stands below, it stands on the top
 * level, where there is no place behind it: then last. One that they may not see is like none [ACCESS-3].
 */
export async function siblingFor(
  tx: Writer,
  userId: UserId,
  afterId: DocumentId | null | undefined,
): Promise<DocumentId | null | undefined> {
  if (afterId === null || afterId === undefined) return afterId
  const after = await findFor(tx, userId, afterId)
  if (after === undefined || after.role === null) throw notHere()
  return after.parentId !== null && after.parentRole === null ? undefined : afterId
}

/**
 * A position behind `afterId` among the documents below a parent (null: first, absent: last). Siblings with equal
 * positions, which two servers could make, sort by id; the new one then stands behind all of them.
 */
export async function positionIn(
  tx: Writer,
  workspaceId: WorkspaceId,
  parentId: DocumentId | null,
  afterId: DocumentId | null | undefined,
  moving: DocumentId | null = null,
): Promise<string> {
  const siblings = (await readSiblings(tx, workspaceId, parentId)).filter(({ id }) => id !== moving)
  if (afterId === null) return generateKeyBetween(null, siblings[0]?.position ?? null)
  if (afterId === undefined) return generateKeyBetween(siblings.at(-1)?.position ?? null, null)
  const after = siblings.find(({ id }) => id === afterId)
  if (!after) throw notHere()
  const next = siblings.find(({ position }) => position > after.position)
  return generateKeyBetween(after.position, next?.position ?? null)
}

/** Throws when a document would come to stand below itself, or too deep. */
export async function checkLine(tx: Writer, documentId: DocumentId | null, parentId: DocumentId): Promise<void> {
  const line = await readLine(tx, parentId)
  if (documentId !== null && line.includes(documentId)) {
    throw new WeftError('conflict', 'A document cannot stand below itself.')
  }
  if (line.length >= depthLimit) throw new WeftError('conflict', `Documents stand at most ${depthLimit} deep.`)
}
