import type { ActivityEntry, ActivityPage } from '@weft/shared/activity'

/** A way to write the history into a file, line by line. */
export interface ExportFormat {
  contentType: string
  extension: string
  head: string
  line(entry: ActivityEntry, names: ExportNames): string
}

/** What ids stand for, as it is now. */
export interface ExportNames {
  document: string | null
  actor: string | null
  subject: string | null
}

const csvColumns = [
  'seq',
  'time',
  'type',
  'actor',
  'actorId',
  'document',
  'documentId',
  'subject',
  'subjectId',
  'from',
  'edits',
  'added',
  'removed',
  'role',
  'restricted',
] as const

/** What a spreadsheet would calculate, were it not for the apostrophe, which it takes for "this is text". */
const calculated = /^[=+\-@\t\r\n]/

/** RFC 4180. Titles are other people's text: none may become a formula in somebody's spreadsheet. */
export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const safe = calculated.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csvLine = (cells: readonly Parameters<typeof csvCell>[0][]): string => `${cells.map(csvCell).join(',')}\r\n`

export const exportFormats: Readonly<Record<'csv' | 'jsonl', ExportFormat>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
    head: csvLine(csvColumns),
    line({ seq, at, type, actorId, documentId, subjectId, detail }, { actor, document, subject }) {
      const from = detail.from === undefined ? null : new Date(detail.from).toISOString()
      const { edits, added, removed, role, restricted } = detail
      return csvLine([
        ...[seq, new Date(at).toISOString(), type, actor, actorId, document, documentId, subject, subjectId],
        ...[from, edits, added, removed, role, restricted],
      ])
    },
  },
  jsonl: {
    contentType: 'application/jsonl; charset=utf-8',
    extension: 'jsonl',
    head: '',
    line: (entry, names) => `${JSON.stringify({ ...entry, ...names })}\n`,
  },
}

/** Looks up the names of a page's entries. */
export function namesIn({ documents, people }: Pick<ActivityPage, 'documents' | 'people'>) {
  const titles = new Map<string, string>(documents.map(({ id, title }) => [id, title]))
  const names = new Map<string, string>(people.map(({ id, name }) => [id, name]))
  return ({ documentId, actorId, subjectId }: ActivityEntry): ExportNames => ({
    document: titles.get(documentId ?? '') ?? null,
    actor: names.get(actorId ?? '') ?? null,
    subject: names.get(subjectId ?? '') ?? null,
  })
}
