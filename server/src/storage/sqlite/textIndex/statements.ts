import type { DocumentKind } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import { type RawBuilder, sql } from 'kysely'
import type { TextPlace, TextQuestion } from '../../textIndex.ts'
import { matchExpression } from './expression.ts'
import { markEnd, markStart } from './spacing.ts'

export interface FoundRow extends TextPlace {
  kind: DocumentKind
  /** As it is now. */
  title: string
  /** As it was when it was indexed, with marks. */
  markedTitle: string
  /** Of the part that is ranked best, with marks. */
  excerpt: string
}

/** bm25 of the columns of `search_index`: a word in the title is worth eight in the body. */
const weights = sql.raw('0.0, 8.0, 1.0')
/**
 * How good something is beside the best that the same person finds, in so many steps: what is less apart makes no
 * difference to a reader, and who has written last then comes first. Not bm25 itself, which says how frequent a word is in
 * what they may not see.
 */
const steps = sql.raw('20')
/** More than there are steps: what has not all words in its title comes behind what has. */
const behindTitles = sql.raw('100')
/** Words of an excerpt; a character of an unspaced script is one. */
const excerptWords = sql.raw('30')

/**
 * Documents that have all terms, the best first. Rights are asked of each row that the index gives, before it is ranked;
 * what is shown is made for the page alone, in one more walk. Also for the test that looks at its plan.
 */
export function findStatement({ workspaceId, terms, among, after, limit }: TextQuestion): RawBuilder<FoundRow> {
  const all = matchExpression(workspaceId, terms, '{title body}')
  const inTitle = matchExpression(workspaceId, terms, 'title')
  const behind =
    after === null
      ? sql``
      : sql`where (rank, -updated_at, id) > (${after.rank}, ${-after.updatedAt}, ${after.documentId})`
  return sql<FoundRow>`
    with titled (part) as materialized (
      select rowid from search_index where search_index match ${inTitle}
    ), found as materialized (
      select documents.id, search_index.rowid as part, documents.updated_at, bm25(search_index, ${weights}) as score
      from search_index
      cross join search_parts on search_parts.id = search_index.rowid
      cross join documents on documents.id = search_parts.document_id
      where search_index match ${all} and ${among}
    ), placed as (
      select id, part, updated_at, min(
        cast(round(${steps} * (1 - coalesce(score / nullif((select min(score) from found), 0), 1))) as integer)
        + case when part in titled then 0 else ${behindTitles} end) as rank
      from found group by id
    ), page as materialized (
      select * from placed ${behind} order by rank, updated_at desc, id limit ${limit}
    )
    select page.id as "documentId", page.updated_at as "updatedAt", page.rank, documents.kind, documents.title,
      highlight(search_index, 1, ${markStart}, ${markEnd}) as "markedTitle",
      snippet(search_index, 2, ${markStart}, ${markEnd}, '…', ${excerptWords}) as excerpt
    from search_index
    cross join page on page.part = search_index.rowid
    cross join documents on documents.id = page.id
    where search_index match ${all}
    order by page.rank, page.updated_at desc, page.id`
}

export interface PartToWrite {
  documentId: DocumentId
  part: number
  title: string
  body: string
}

/** A part that is what it was is not written, nor indexed, again. */
export const writeParts = (parts: readonly PartToWrite[]) => sql`
  insert into search_parts (document_id, part, workspace_id, title, body)
  select documents.id, each.value ->> 'part', documents.workspace_id, each.value ->> 'title', each.value ->> 'body'
  from json_each(${JSON.stringify(parts)}) as each
  cross join documents on documents.id = each.value ->> 'documentId' where true
  on conflict (document_id, part) do update set title = excluded.title, body = excluded.body
  where search_parts.title <> excluded.title or search_parts.body <> excluded.body`

/** Documents that are written now up to the end of their last part. */
export interface EndToWrite {
  documentId: DocumentId
  parts: number
  title: string
  seq: number
  version: number
}

export const cutParts = (ends: readonly EndToWrite[]) => sql`
  delete from search_parts where id in (
    select behind.id from json_each(${JSON.stringify(ends)}) as each
    cross join search_parts as behind
      on behind.document_id = each.value ->> 'documentId' and behind.part >= each.value ->> 'parts')`

export const writePositions = (ends: readonly EndToWrite[]) => sql`
  insert into search_positions (document_id, title, seq, version)
  select documents.id, each.value ->> 'title', each.value ->> 'seq', each.value ->> 'version'
  from json_each(${JSON.stringify(ends)}) as each
  cross join documents on documents.id = each.value ->> 'documentId' where true
  on conflict (document_id) do update set title = excluded.title, seq = excluded.seq, version = excluded.version`
