import type { ActivityEntry } from '@weft/shared/activity'
import { DocumentId, UserId } from '@weft/shared/kit'

/** What kinds of entries one may ask for, and the types that each is. */
export const kinds = {
  edits: ['document.edited'],
  documents: ['document.created', 'document.moved', 'document.renamed', 'document.removed', 'document.restored'],
  access: ['document.access-changed', 'document.restriction-changed'],
  people: ['member.joined', 'member.role-changed', 'member.removed'],
} as const
export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as Kind[]

/** How far back, in days. */
export const spans = { day: 1, week: 7, month: 30 } as const
export type Span = keyof typeof spans
export const spanNames = Object.keys(spans) as Span[]

/** What of the history is shown; it stands in the address, so that it can be kept and passed on. */
export interface Filter {
  person: UserId | null
  document: DocumentId | null
  kind: Kind | null
  span: Span | null
  search: string
}

const oneOf = <T extends string>(names: readonly T[], text: string | null): T | null =>
  names.find((name) => name === text) ?? null

export const readFilter = (params: URLSearchParams): Filter => ({
  person: UserId.safeParse(params.get('person')).data ?? null,
  document: DocumentId.safeParse(params.get('document')).data ?? null,
  kind: oneOf(kindNames, params.get('kind')),
  span: oneOf(spanNames, params.get('span')),
  search: params.get('search')?.slice(0, 200) ?? '',
})

export const writeFilter = (filter: Filter): URLSearchParams =>
  new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value]])),
  )

/** As the server is asked. `today` is the start of the reader's day, so that the same filter is the same question. */
export function toQuery({ person, document, kind, span, search }: Filter, today: number) {
  return {
    ...(person === null ? {} : { actorId: person }),
    ...(document === null ? {} : { documentId: document }),
    ...(kind === null ? {} : { types: kinds[kind].join(',') }),
    ...(span === null ? {} : { from: today - (spans[span] - 1) * 86_400_000 }),
    ...(search.trim() === '' ? {} : { search: search.trim() }),
  }
}

/** Whether an entry that has just happened belongs on the page; a search only the server can answer. */
export function passes(entry: ActivityEntry, { person, document, kind, search }: Filter): boolean {
  if (search.trim() !== '') return false
  if (person !== null && entry.actorId !== person) return false
  if (document !== null && entry.documentId !== document) return false
  const types: readonly string[] | null = kind === null ? null : kinds[kind]
  return types === null || types.includes(entry.type)
}
