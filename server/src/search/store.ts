import type { DocumentId, UserId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'

/** Documents that are looked at in one statement: a few milliseconds. */
const lookedAtOnce = 500

export interface LookedAt {
  id: DocumentId
  /** 1: the index has another text of it, or none. */
  stale: 0 | 1
}

/** The next documents behind an id, and whether each is indexed as it is stored. Also for the test that looks at its plan. */
export const staleStatement = (after: string, version: number) => sql<LookedAt>`
  select d.id, p.document_id is null or p.version <> ${version} or p.title <> d.title or p.seq <> coalesce(
    (select max(seq) from journal where document_id = d.id),
    (select seq from snapshots where document_id = d.id),
    0
  ) as stale
  from (select id, title from documents where id > ${after} order by id limit ${lookedAtOnce}) as d
  left join search_positions as p on p.document_id = d.id`

/** The next documents, stale or not, in the order of their ids; none: that were all. */
export const readNext = async (db: Reader, after: string, version: number): Promise<LookedAt[]> =>
  (await staleStatement(after, version).execute(db)).rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** Up to where a document was indexed, and what has to be known of it for more. */
export const readIndexed = (db: Reader, documentId: DocumentId) =>
  db
    .selectFrom('documents')
    .leftJoin('search_positions', 'search_positions.document_id', 'documents.id')
    .where('documents.id', '=', documentId)
    .select([
      'documents.title',
      'documents.set_aside as setAside',
      'search_positions.title as indexedTitle',
      'search_positions.seq',
      'search_positions.version',
    ])
    .executeTakeFirst()

/** Who has written behind a sequence and is not noted yet. Folding moves rows into segments, so these are read last. */
export async function readNewAuthors(db: Reader, documentId: DocumentId, after: number): Promise<UserId[]> {
  const written = await db
    .selectFrom('journal')
    .where('document_id', '=', documentId)
    .where('seq', '>', after)
    .select('author_id')
    .distinct()
    .execute()
  const packed = await db
    .selectFrom('segments')
    .where('document_id', '=', documentId)
    .where('to_seq', '>', after)
    .select('author_id')
    .distinct()
    .execute()
  const noted = await db
    .selectFrom('search_authors')
    .where('document_id', '=', documentId)
    .select('author_id')
    .execute()
  const known = new Set(noted.map((row) => row.author_id))
  const authors = new Set([...written, ...packed].flatMap(({ author_id }) => author_id ?? []))
  return [...authors].filter((authorId) => !known.has(authorId))
}

/** Of documents that are there still; who is noted already stays. */
export async function writeAuthors(tx: Writer, authors: readonly { documentId: DocumentId; authorId: UserId }[]) {
  await sql`
    insert into search_authors (document_id, author_id)
    select documents.id, each.value ->> 'authorId' from json_each(${JSON.stringify(authors)}) as each
    cross join documents on documents.id = each.value ->> 'documentId' where true
    on conflict do nothing`.execute(tx)
}
