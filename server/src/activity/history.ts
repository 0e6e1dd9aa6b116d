import type { ActivityFilter, ActivityPage } from '@weft/shared/activity'
import type { Person } from '@weft/shared/auth'
import { type DocumentId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import type { ActivityDependencies, Reach } from './dependencies.ts'
import { type Bounds, type Cursor, type Key, readPage } from './pageQuery.ts'
import type { Reaching } from './reach.ts'
import { type ToldEntry, withoutAudience } from './rows.ts'
import { matches, searchKeys, searchWords } from './search.ts'

/** What is asked for at once. */
export interface PageRequest extends ActivityFilter {
  workspaceId: WorkspaceId
  cursor?: string | undefined
  limit: number
}

/** With a few types each is an index of its own; with more, entries are looked through. */
const mostTypedKeys = 40
/** Entries that a search looks through for one page where no index leads to them; the next page goes on from there. */
const mostWalked = 4_000
const walkedAtOnce = 500

interface Found {
  entries: ToldEntry[]
  /** Null: there is nothing behind them. */
  next: Cursor | null
}

/** What the ids in entries stand for, as it is now. */
interface Texts {
  titles: ReadonlyMap<DocumentId, { id: DocumentId; title: string; inTrash: boolean }>
  people: ReadonlyMap<UserId, Person>
}

function shownIn({ documentId, actorId, subjectId }: ToldEntry, { titles, people }: Texts): string[] {
  const title = documentId === null ? undefined : titles.get(documentId)?.title
  const names = [actorId, subjectId].map((id) => (id === null ? undefined : people.get(id)?.name))
  return [title, ...names].filter((text) => text !== undefined)
}

export type History = ReturnType<typeof createHistory>

/** The history page by page, for whoever asks: only what they may see. */
export function createHistory({ storage, people, documents }: ActivityDependencies, { reachOf, readable }: Reaching) {
  async function find(request: PageRequest, reach: Reach): Promise<Found> {
    const { workspaceId, limit } = request
    const bounds: Bounds = { ...boundsOf(request), before: cursorOf(request.cursor) }
    const words = searchWords(request.search)
    if (words.length === 0) return readOnce(workspaceId, keysFor(request, reach), bounds, limit)
    const found =
      reach.kind === 'documents' || request.documentId !== undefined
        ? null
        : await searchKeys(storage.read, workspaceId, reach.audiences, words)
    if (found !== null) return readOnce(workspaceId, found, bounds, limit)
    return walk(workspaceId, keysFor(request, reach), bounds, limit, words)
  }

  async function readOnce(
    workspaceId: WorkspaceId,
    keys: readonly Key[],
    bounds: Bounds,
    limit: number,
  ): Promise<Found> {
    const rows = await readPage(storage.read, workspaceId, keys, bounds, limit + 1)
    const entries = rows.slice(0, limit)
    return { entries, next: rows.length > limit ? (entries.at(-1) ?? null) : null }
  }

  /** Looks at entries one by one, at a bounded number of them. */
  async function walk(
    workspaceId: WorkspaceId,
    keys: readonly Key[],
    bounds: Bounds,
    limit: number,
    words: readonly string[],
  ): Promise<Found> {
    const entries: ToldEntry[] = []
    let before = bounds.before
    for (let walked = 0; walked < mostWalked; walked += walkedAtOnce) {
      const rows = await readPage(storage.read, workspaceId, keys, { ...bounds, before }, walkedAtOnce)
      const texts = await textsOf(rows)
      for (const row of rows) {
        before = row
        if (!matches(words, shownIn(row, texts))) continue
        entries.push(row)
        if (entries.length === limit) return { entries, next: row }
      }
      if (rows.length < walkedAtOnce) return { entries, next: null }
    }
    return { entries, next: before ?? null }
  }

  /** Whose windows show what is new of what was asked for. */
  async function audiencesFor({ documentId }: PageRequest, reach: Reach): Promise<string[]> {
    if (reach.kind === 'documents') return []
    if (documentId === undefined) return [...reach.audiences]
    return [...(await documents.audiencesOf([documentId])).values()].map(({ id }) => id)
  }

  async function textsOf(entries: readonly ToldEntry[]): Promise<Texts> {
    const ids = [...new Set(entries.flatMap(({ documentId }) => documentId ?? []))]
    const persons = [...new Set(entries.flatMap(({ actorId, subjectId }) => [actorId ?? [], subjectId ?? []].flat()))]
    const rows =
      ids.length === 0
        ? []
        : await storage.read
            .selectFrom('documents')
            .where('id', 'in', ids)
            .select(['id', 'title', 'removed_at'])
            .execute()
    const titles = new Map(rows.map(({ id, title, removed_at }) => [id, { id, title, inTrash: removed_at !== null }]))
    return { titles, people: await people(persons) }
  }

  return {
    /** Rejects with `not-found` for a workspace or a document that the person may not see [ACCESS-3]. */
    async page(by: UserId, request: PageRequest): Promise<ActivityPage> {
      const reach = await reachOf(by, request.workspaceId)
      if (request.documentId !== undefined && (await readable(reach, [request.documentId])).size === 0) {
        throw new WeftError('not-found', 'There is no such document, or it is not shared with you.')
      }
      const found = await find(request, reach)
      const theirs = await readable(
        reach,
        found.entries.flatMap(({ documentId }) => documentId ?? []),
      )
      const entries = found.entries.filter(({ documentId }) => documentId === null || theirs.has(documentId))
      const texts = await textsOf(entries)
      return {
        entries: entries.map(withoutAudience),
        next: found.next === null ? null : `${found.next.at}-${found.next.seq}`,
        documents: [...texts.titles.values()],
        people: [...texts.people.values()],
        audiences: await audiencesFor(request, reach),
      }
    },
  }
}

function cursorOf(cursor: string | undefined): Cursor | undefined {
  const [at, seq] = cursor?.split('-') ?? []
  return at === undefined ? undefined : { at: Number(at), seq: Number(seq) }
}

const boundsOf = ({ actorId, types, from, until }: ActivityFilter): Bounds => ({ actorId, types, from, until })

/** By the index that leaves the least to look through. */
function keysFor({ documentId, actorId, types }: ActivityFilter, reach: Reach): Key[] {
  if (documentId !== undefined) return [{ document_id: documentId }]
  if (reach.kind === 'documents') return [...reach.documents].map((document_id) => ({ document_id }))
  const audiences = [...reach.audiences]
  if (actorId !== undefined) return audiences.map((audience_id) => ({ actor_id: actorId, audience_id }))
  if (types !== undefined && types.length * audiences.length <= mostTypedKeys) {
    return audiences.flatMap((audience_id) => types.map((type) => ({ audience_id, type })))
  }
  return audiences.map((audience_id) => ({ audience_id }))
}
