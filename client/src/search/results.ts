import type { Document } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import type { MarkedText, SearchHit } from '@weft/shared/search'
import { matching } from './matching.ts'

/** Documents found on the device before the server's are there, and opened lately. */
const mostTitles = 6
const mostRecent = 6

/** One document in the list. */
export interface FoundDocument {
  id: DocumentId
  icon: string | null
  archived: boolean
  title: MarkedText
  excerpt: MarkedText | null
  /** The titles of the documents it stands below, the nearest last. */
  path: string[]
}

const pathOf = (documents: ReadonlyMap<DocumentId, Document>, id: DocumentId): string[] => {
  const path: string[] = []
  const seen = new Set<DocumentId>([id])
  let at = documents.get(id)?.parentId ?? null
  while (at !== null && !seen.has(at)) {
    seen.add(at)
    const parent = documents.get(at)
    if (parent === undefined) break
    path.unshift(parent.title)
    at = parent.parentId
  }
  return path
}

/** What was opened lately and is still there, without the one that is open. */
export function recentOf(
  documents: readonly Document[],
  recent: readonly DocumentId[],
  current: DocumentId | null,
): FoundDocument[] {
  const byId = new Map(documents.map((document) => [document.id, document]))
  return recent
    .flatMap((id) => (id === current ? [] : (byId.get(id) ?? [])))
    .slice(0, mostRecent)
    .map((document) => plain(document, byId))
}

/** All of some documents, what was changed last first: what a filter finds without words. */
export function allOf(documents: readonly Document[], all: readonly Document[], most: number): FoundDocument[] {
  const byId = new Map(all.map((document) => [document.id, document]))
  return documents
    .toSorted((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, most)
    .map((document) => plain(document, byId))
}

const plain = ({ id, icon, archivedAt, title }: Document, byId: ReadonlyMap<DocumentId, Document>): FoundDocument => ({
  id,
  icon,
  archived: archivedAt !== null,
  title: { text: title, marks: [] },
  excerpt: null,
  path: pathOf(byId, id),
})

/**
 * Titles that this device knows first, at once and where they stand; then what the server found besides. `all`: where
 * places and icons are looked up.
 */
export function foundOf(
  query: string,
  documents: readonly Document[],
  hits: readonly SearchHit[],
  all = documents,
): FoundDocument[] {
  const byId = new Map(all.map((document) => [document.id, document]))
  const isArchived = (id: DocumentId): boolean => (byId.get(id)?.archivedAt ?? null) !== null
  const byHit = new Map(hits.map((hit) => [hit.documentId, hit]))
  const titles = matching(query, documents, ({ title }) => title, mostTitles).map(
    ({ item, marks }): FoundDocument => ({
      id: item.id,
      icon: item.icon,
      archived: isArchived(item.id),
      title: { text: item.title, marks },
      excerpt: byHit.get(item.id)?.excerpt ?? null,
      path: pathOf(byId, item.id),
    }),
  )
  const shown = new Set(titles.map(({ id }) => id))
  const texts = hits
    .filter(({ documentId }) => !shown.has(documentId))
    .map(
      ({ documentId, title, excerpt }): FoundDocument => ({
        id: documentId,
        icon: byId.get(documentId)?.icon ?? null,
        archived: isArchived(documentId),
        title,
        excerpt,
        path: pathOf(byId, documentId),
      }),
    )
  return [...titles, ...texts]
}
