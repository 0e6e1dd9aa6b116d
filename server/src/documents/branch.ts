import { mayEdit } from '@weft/shared/documents'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import type { Writer } from '../storage/index.ts'
import type { Actor, Say } from '../workspaces/index.ts'
import { readRolesBelow } from './found.ts'
import { keepInheritance, readInheritance } from './inheritance.ts'
import { notPermitted } from './policy.ts'
import { readPlace, readSubtree, updatePlace } from './store.ts'
import { positionIn } from './tree.ts'

interface Root {
  id: DocumentId
  workspaceId: WorkspaceId
  parentId: DocumentId | null
}

/**
 * What goes with a document when a person takes it out of the tree: all below it that they may see, and must then be
 * able to edit. Restricted documents that they may not see are lifted out first, with what lies below: refusing would
 * tell them that there is one [ACCESS-3].
 */
export async function takeBranch(tx: Writer, say: Say, by: Actor, root: Root): Promise<DocumentId[]> {
  const roles = await readRolesBelow(tx, by.userId, root.id)
  const below = Map.groupBy(await readSubtree(tx, root.id, null), ({ parentId }) => parentId)
  const [taken, lifted]: [DocumentId[], DocumentId[]] = [[root.id], []]
  for (const id of taken) {
    if (!mayEdit(roles.get(id)?.role ?? null)) throw notPermitted()
    for (const child of below.get(id) ?? []) (roles.has(child.id) ? taken : lifted).push(child.id)
  }
  for (const id of lifted) {
    const position = await positionIn(tx, root.workspaceId, root.parentId, root.id, id)
    await updatePlace(tx, id, { parentId: root.parentId, position })
    await say({ type: 'document.moved', documentId: id, parentId: root.parentId, touched: [] })
  }
  return taken
}

/**
 * Puts a document that comes back into the tree onto the top level where its place is not there any more. It is nobody's
 * to open there whose it was not before. `archived`: it is still, and may stand below what is.
 */
export async function bringToTop(tx: Writer, found: Root & { restricted: boolean }, archived: boolean): Promise<void> {
  const parent = found.parentId === null ? undefined : await readPlace(tx, found.parentId)
  if (parent === undefined || (parent.removedAt === null && (archived || parent.archivedAt === null))) return
  if (!found.restricted) await keepInheritance(tx, found.id, await readInheritance(tx, found.parentId))
  const position = await positionIn(tx, found.workspaceId, null, undefined, found.id)
  await updatePlace(tx, found.id, { parentId: null, position })
}
