import type { Document } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import type { Kept, KeptCopy } from '../OfflineStore.ts'

export interface Wanted {
  /** To be fetched: kept, and not here or older than the list says. Newest first: people want those. */
  stale: Document[]
  /** Here by now, and not listed any more: removed, or not to be seen by this person. */
  unlisted: KeptCopy[]
  /** All that is kept, here or not. */
  kept: DocumentId[]
}

/** What keeping asks for, from the lists of the workspaces that could be read. */
export function staleDocuments(
  kept: readonly Kept[],
  copies: readonly KeptCopy[],
  listed: ReadonlyMap<string, readonly Document[]>,
): Wanted {
  const ids = new Set<string>(kept.map(({ id }) => id))
  const here = new Map(copies.map((copy) => [copy.documentId, copy.updatedAt]))
  const documents = [...listed.values()].flat()
  const known = new Set(documents.map(({ id }) => id))
  const wanted = documents.filter(({ id, workspaceId }) => ids.has(id) || ids.has(workspaceId))
  return {
    stale: wanted.filter(({ id, updatedAt }) => here.get(id) !== updatedAt).sort((a, b) => b.updatedAt - a.updatedAt),
    unlisted: copies.filter(({ documentId, workspaceId }) => listed.has(workspaceId) && !known.has(documentId)),
    kept: wanted.map(({ id }) => id),
  }
}
