import type { Document } from '@weft/shared/documents'
import type { DocumentId, UserId } from '@weft/shared/kit'
import type { SearchFilter } from '@weft/shared/search'

/** How far back, in days. */
const days = { day: 1, week: 7, month: 30, year: 365 } as const
export type Span = keyof typeof days
export const spans = Object.keys(days) as Span[]
const day = 24 * 3_600_000

/** Among which documents the palette looks. */
export interface PaletteFilter {
  /** Who has written in it. */
  author: UserId | null
  /** When it was changed. */
  span: Span | null
  /** This document and what lies below it. */
  below: DocumentId | null
  archived: boolean
}

export const everywhere: PaletteFilter = { author: null, span: null, below: null, archived: false }

export const isFiltered = ({ author, span, below, archived }: PaletteFilter): boolean =>
  author !== null || span !== null || below !== null || archived

/** What is asked of the server. To the minute, so that the same question stays the same for a while. */
export function searchFilterOf({ author, span, below, archived }: PaletteFilter, now: number): SearchFilter {
  const from = span === null ? null : Math.floor(now / 60_000) * 60_000 - days[span] * day
  return {
    ...(author === null ? {} : { authorId: author }),
    ...(from === null ? {} : { from }),
    ...(below === null ? {} : { below }),
    ...(archived ? { archived: 'with' as const } : {}),
  }
}

/** Which of the documents that this device knows are among them. Who has written in which only the server knows. */
export function among(documents: readonly Document[], filter: PaletteFilter, now: number): Document[] {
  if (filter.author !== null) return []
  const from = filter.span === null ? 0 : now - days[filter.span] * day
  const within = filter.below === null ? null : below(documents, filter.below)
  return documents.filter(
    ({ id, archivedAt, updatedAt }) =>
      (filter.archived || archivedAt === null) && updatedAt >= from && (within === null || within.has(id)),
  )
}

function below(documents: readonly Document[], root: DocumentId): Set<DocumentId> {
  const children = Map.groupBy(documents, ({ parentId }) => parentId)
  const found = new Set<DocumentId>([root])
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child.id)
  return found
}
