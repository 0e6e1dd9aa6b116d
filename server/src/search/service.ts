import type { UserId, WorkspaceId } from '@weft/shared/kit'
import { DocumentId } from '@weft/shared/kit'
import type { SearchFilter, SearchPage } from '@weft/shared/search'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TextPlace } from '../storage/index.ts'
import type { SearchDependencies } from './dependencies.ts'
import { termsOf } from './queryText.ts'
import { createUpkeep } from './upkeep.ts'

/** What is asked for at once. */
export interface SearchRequest extends SearchFilter {
  workspaceId: WorkspaceId
  query: string
  cursor?: string | undefined
  limit: number
}

export type Search = ReturnType<typeof createSearch>

/** Full-text search, and what keeps its index. */
export function createSearch(deps: SearchDependencies) {
  const { storage, documents } = deps
  return {
    ...createUpkeep(deps),

    /**
     * Rejects with `not-found` for a workspace, or a document below which is looked, that the person may not see
     * [ACCESS-3]. What they may not see is looked at by nobody: pages are full, and nothing can be counted.
     */
    async documents(by: UserId, request: SearchRequest): Promise<SearchPage> {
      const { workspaceId, query, cursor, limit } = request
      const visible = await documents.visibleIn(by, workspaceId, request.below)
      const found = await storage.textIndex.find({
        workspaceId,
        terms: termsOf(query),
        among: sql<SqlBool>`${sql.join([visible, ...conditionsOf(request)], sql` and `)}`,
        after: placeOf(cursor),
        // One more than is shown says whether there is a next page.
        limit: limit + 1,
      })
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      return {
        hits: shown.map(({ rank: _rank, ...hit }) => hit),
        next: last === undefined || found.length <= limit ? null : cursorOf(last),
      }
    },
  }
}

function conditionsOf({ authorId, from, until, kind, archived }: SearchFilter): RawBuilder<SqlBool>[] {
  return [
    ...(archived === 'with' ? [] : [sql<SqlBool>`documents.archived_at is null`]),
    ...(kind === undefined ? [] : [sql<SqlBool>`documents.kind = ${kind}`]),
    ...(from === undefined ? [] : [sql<SqlBool>`documents.updated_at >= ${from}`]),
    ...(until === undefined ? [] : [sql<SqlBool>`documents.updated_at < ${until}`]),
    ...(authorId === undefined
      ? []
      : [
          sql<SqlBool>`exists (select 1 from search_authors
            where document_id = documents.id and author_id = ${authorId})`,
        ]),
  ]
}

const cursorOf = ({ rank, updatedAt, documentId }: TextPlace): string => `${rank}.${updatedAt}.${documentId}`

function placeOf(cursor: string | undefined): TextPlace | null {
  const [rank, updatedAt, documentId] = cursor?.split('.') ?? []
  if (documentId === undefined) return null
  return { rank: Number(rank), updatedAt: Number(updatedAt), documentId: DocumentId.parse(documentId) }
}
