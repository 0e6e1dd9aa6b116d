import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Reader } from '../storage/port.ts'
import type { Key } from './pageQuery.ts'

/** Documents that one word may lead to; more, and the entries are looked through instead. */
const mostDocuments = 2_000
const mostKeys = 3_000
const mostWords = 6

/** The words of a text as the full-text index has them: letters and digits, small, without accents. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

/** Of what is searched for. */
export const searchWords = (search: string | undefined): string[] =>
  [...new Set(wordsOf(search ?? ''))].slice(0, mostWords)

/** Each word begins a word of one of the texts. */
export function matches(words: readonly string[], texts: readonly string[]): boolean {
  const found = texts.flatMap(wordsOf)
  return words.every((word) => found.some((other) => other.startsWith(word)))
}

/**
 * The keys that lead to all entries in which each word begins a word of the document's title or of a person's name, as
 * they are now. Null: they would be too many.
 */
export async function searchKeys(
  db: Reader,
  workspaceId: WorkspaceId,
  audiences: ReadonlySet<string>,
  words: readonly string[],
): Promise<Key[] | null> {
  const people = await peopleWith(db, workspaceId, words)
  const documents: Set<DocumentId>[] = []
  for (const word of words) {
    const found = await documentsWith(db, workspaceId, audiences, word)
    if (found === null) return null
    documents.push(found)
  }
  const keys: Key[] = []
  // Each word is either one of the title or one of a name.
  for (let split = 0; split < 1 << words.length; split++) {
    const inTitle = documents.filter((_, n) => split & (1 << n))
    const inName = people.filter((_, n) => !(split & (1 << n)))
    const more = keysOf(sharedBy(inTitle), sharedBy(inName), audiences)
    if (keys.length + more.length > mostKeys) return null
    keys.push(...more)
  }
  return keys
}

type Ids = ReadonlySet<string>

/** Null: whatever the documents, or the people. */
function keysOf(documents: Ids | null, people: Ids | null, audiences: Ids): Key[] {
  if (people === null) return [...(documents ?? [])].map((document_id) => ({ document_id }))
  if (documents === null) {
    return [...people].flatMap((person) =>
      [...audiences].flatMap((audience_id) => [
        { actor_id: person, audience_id },
        { subject_id: person, audience_id },
      ]),
    )
  }
  if (people.size === 0) return []
  const either = JSON.stringify([...people])
  return [...documents].map((document_id) => ({ document_id, people: either }))
}

const sharedBy = (sets: readonly Ids[]): Ids | null =>
  sets.length === 0 ? null : new Set([...(sets[0] ?? [])].filter((id) => sets.every((set) => set.has(id))))

async function documentsWith(
  db: Reader,
  workspaceId: WorkspaceId,
  audiences: ReadonlySet<string>,
  word: string,
): Promise<Set<DocumentId> | null> {
  const { rows } = await documentsStatement(workspaceId, word).execute(db)
  if (rows.length > mostDocuments) return null
  return new Set(rows.flatMap(({ id, audience }) => (audiences.has(audience ?? workspaceId) ? [id] : [])))
}

/** Also for the test that looks at its plan. */
export const documentsStatement = (workspaceId: WorkspaceId, word: string) =>
  sql<{ id: DocumentId; audience: DocumentId | null }>`
    select documents.id, documents.audience_id as audience
    from document_titles_index
    cross join document_titles on document_titles.id = document_titles_index.rowid
    cross join documents on documents.id = document_titles.document_id
    where document_titles_index match ${`"${word}"*`} and documents.workspace_id = ${workspaceId}
    limit ${mostDocuments + 1}`

/** For each word, the members whose name has it. A workspace has few enough people to read their names. */
async function peopleWith(db: Reader, workspaceId: WorkspaceId, words: readonly string[]): Promise<Set<UserId>[]> {
  const members = await db
    .selectFrom('members')
    .innerJoin('user', 'user.id', 'members.user_id')
    .where('members.workspace_id', '=', workspaceId)
    .select(['user.id', 'user.name'])
    .execute()
  const named = members.map(({ id, name }) => ({ id, words: wordsOf(name) }))
  return words.map(
    (word) => new Set(named.filter((one) => one.words.some((other) => other.startsWith(word))).map(({ id }) => id)),
  )
}
