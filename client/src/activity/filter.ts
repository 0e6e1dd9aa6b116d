import type { ActivityEntry } from '@weft/shared/activity'
import { DocumentId, UserId, type WorkspaceId } from '@weft/shared/kit'

/** What kinds of entries one may ask for, and the types that each is. */
export const kinds = {
  edits: ['document.edited', 'document.mentioned'],
  documents: [
    'document.created',
    'document.moved',
    'document.renamed',
    'document.archived',
    'document.unarchived',
    'document.removed',
    'document.restored',
  ],
  access: [
    'document.access-changed',
    'document.restriction-changed',
    'document.link-made',
    'document.link-changed',
    'document.link-ended',
  ],
  people: ['member.joined', 'member.role-changed', 'member.removed', 'member.suspended', 'member.reinstated'],
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

export const everything: Filter = { person: null, document: null, kind: null, span: null, search: '' }

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

/** The page that shows this. */
export function activityAddress(workspaceId: WorkspaceId, filter: Partial<Filter>): string {
  const query = writeFilter({ ...everything, ...filter }).toString()
  return `/w/${workspaceId}/activity${query && `?${query}`}`
}

/** The start of the reader's day. */
export function startOfToday(): number {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
}

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

export type ExportFormat = 'csv' | 'jsonl'

/** The file with all that a filter finds; the server sends it to whoever has the cookie. */
export function exportAddress(workspaceId: WorkspaceId, format: ExportFormat, filter: Filter, today: number): string {
  const query = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(toQuery(filter, today))) query.set(name, String(value))
  return `/api/v1/workspaces/${workspaceId}/activity/export?${query}`
}

/** Whether an entry that has just happened belongs on the page; a search only the server can answer. */
export function passes(entry: ActivityEntry, { person, document, kind, search }: Filter): boolean {
  if (search.trim() !== '') return false
  if (person !== null && entry.actorId !== person) return false
  if (document !== null && entry.documentId !== document) return false
  const types: readonly string[] | null = kind === null ? null : kinds[kind]
  return types === null || types.includes(entry.type)
}
