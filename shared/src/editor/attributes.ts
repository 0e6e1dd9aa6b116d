import { titleLimit } from '../documents/index.ts'
import { isId } from '../kit/index.ts'
import { nameLimit } from '../workspaces/index.ts'
import { safeHref } from './safeHref.ts'

/** Attribute values as Yjs gives them: anything that fits JSON, written by anybody. */
export type RawAttributes = Record<string, unknown>

/** What a callout is for. The order is the one in which they are offered. */
export const calloutKinds = ['note', 'tip', 'important', 'warning', 'danger'] as const
export type CalloutKind = (typeof calloutKinds)[number]

export const isCalloutKind = (value: unknown): value is CalloutKind => calloutKinds.some((kind) => kind === value)

/** More is not a formula: drawing it would hold the page. In characters. */
export const latexLimit = 4_000

/** Larger tables than this are not made by people, and every client would have to lay them out. */
const spanLimit = 200

const integer = (value: unknown, min: number, max: number): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined
const span = (value: unknown): number => integer(value, 1, spanLimit) ?? 1
const word = (value: unknown): string | null => (typeof value === 'string' && value.length <= 64 ? value : null)

const id = (value: unknown): string | null => (typeof value === 'string' && isId(value) ? value : null)

/** Beyond this nobody looks at what a picture shows in words; a long description is a text of its own. */
const altLimit = 2_000
const captionLimit = 1_000
/** In pixels; larger ones are not drawn by browsers. */
const sideLimit = 100_000

const words = (value: unknown, limit: number): string | null =>
  typeof value === 'string' && value.length <= limit ? value : null
const webAddress = (value: unknown): string | null => {
  const address = safeHref(value)
  return address !== null && /^https?:\/\//i.test(address) ? address : null
}

const image = (raw: RawAttributes): RawAttributes => ({
  fileId: id(raw.fileId),
  src: webAddress(raw.src),
  alt: words(raw.alt, altLimit),
  caption: words(raw.caption, captionLimit),
  width: integer(raw.width, 1, sideLimit) ?? null,
  height: integer(raw.height, 1, sideLimit) ?? null,
  size: integer(raw.size, 1, 100) ?? null,
  align: raw.align === 'left' || raw.align === 'right' ? raw.align : null,
})

const cell = (raw: RawAttributes): RawAttributes => ({
  colspan: span(raw.colspan),
  rowspan: span(raw.rowspan),
  colwidth:
    Array.isArray(raw.colwidth) && raw.colwidth.every((width) => integer(width, 0, 10_000) !== undefined)
      ? raw.colwidth
      : null,
  align: raw.align === 'left' || raw.align === 'center' || raw.align === 'right' ? raw.align : null,
})

const latex = (raw: RawAttributes): RawAttributes => ({
  latex: typeof raw.latex === 'string' ? raw.latex.slice(0, latexLimit) : '',
})

const readers: Record<string, (raw: RawAttributes) => RawAttributes> = {
  heading: (raw) => ({ level: integer(raw.level, 1, 6) ?? 1 }),
  orderedList: (raw) => ({ start: integer(raw.start, 0, 999_999_999) ?? 1, type: word(raw.type) }),
  codeBlock: (raw) => ({ language: word(raw.language) }),
  taskItem: (raw) => ({ checked: raw.checked === true }),
  tableCell: cell,
  tableHeader: cell,
  image,
  mention: (raw) => ({
    userId: id(raw.userId),
    name: typeof raw.name === 'string' ? raw.name.slice(0, nameLimit) : null,
    mentionId: id(raw.mentionId),
  }),
  callout: (raw) => ({ kind: isCalloutKind(raw.kind) ? raw.kind : 'note' }),
  documentLink: (raw) => ({
    documentId: id(raw.documentId),
    workspaceId: id(raw.workspaceId),
    title: typeof raw.title === 'string' ? raw.title.slice(0, titleLimit) : null,
  }),
  mathInline: latex,
  mathBlock: latex,
  link: (raw) => ({
    href: safeHref(raw.href),
    title: typeof raw.title === 'string' ? raw.title.slice(0, 1_000) : null,
  }),
}

/** The attributes of a node or mark with every value made valid; unknown ones are dropped. */
export function validAttributes(type: string, raw: RawAttributes): RawAttributes {
  return Object.hasOwn(readers, type) ? (readers[type]?.(raw) ?? {}) : {}
}

/** Whether an editor may show these as they are: values of a known shape, nothing that only a newer version wrote. */
export function knownAttributes(type: string, raw: RawAttributes): boolean {
  const valid = validAttributes(type, raw)
  return Object.entries(raw).every(([name, value]) => {
    if (value === null || value === undefined) return true
    if (!Object.hasOwn(valid, name)) return type === 'link' && ['target', 'rel', 'class'].includes(name)
    // An address is checked again where it is shown; an unsafe one is no reason to lock the document.
    return name === 'href' || name === 'title' || JSON.stringify(valid[name]) === JSON.stringify(value)
  })
}
