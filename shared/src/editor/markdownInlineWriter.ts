import type { Mark, Node } from '@tiptap/pm/model'
import type { RawAttributes } from './attributes.ts'
import { documentLinkText, documentOfPath, documentPath } from './documentLink.ts'
import { inlineMath } from './markdownMath.ts'
import { asReference, escapeLineStart, escapeMarkdown, inlineCode } from './markdownText.ts'
import { latexOf } from './math.ts'
import { mentionText } from './mention.ts'
import { safeHref } from './safeHref.ts'

/** A stretch of one textblock with one set of marks; `blank` ones hold only white space or a break. */
interface Segment {
  text: string
  /** The text is Markdown already. */
  written?: boolean
  isBreak: boolean
  blank: boolean
  marks: Mark[]
}

/** Pieces of the line in the making; delimiters are looked at again when their neighbours are known. */
interface Piece {
  text: string
  kind: 'text' | 'fixed' | 'open' | 'close'
}

const delimiters: Record<string, string> = { bold: '**', italic: '*', strike: '~~' }
/** From the outside in, when marks end together. */
const order = ['link', 'bold', 'italic', 'strike', 'underline']

const knownDocument = (attributes: RawAttributes): boolean => documentOfPath(documentPath(attributes)) !== null

/** Whether what stands beside a formula cannot be taken for a part of the same word. */
function isFree(block: Node, index: number): boolean {
  const apart = (node: Node | null, side: 'before' | 'after'): boolean => {
    if (node === null || node.type.name === 'hardBreak') return true
    const text = node.text ?? ''
    return text !== '' && !/[\p{L}\p{N}_$\\]/u.test(side === 'before' ? lastOf(text) : firstOf(text))
  }
  return apart(block.maybeChild(index - 1), 'before') && apart(block.maybeChild(index + 1), 'after')
}

/** Whether a dollar of this block could begin a formula, which takes another one. */
function hasDollars(block: Node): boolean {
  let dollars = 0
  block.forEach((node) => {
    const address = node.marks.find(({ type }) => type.name === 'link')?.attrs.href
    const text = (node.text ?? node.type.spec.leafText?.(node) ?? '') + (typeof address === 'string' ? address : '')
    dollars += node.type.name === 'mathInline' ? 2 : text.split('$').length - 1
  })
  return dollars > 1
}

function segmentsOf(block: Node): Segment[] {
  const segments: Segment[] = []
  block.forEach((node, _offset, index) => {
    const marks = node.marks.filter((mark) => mark.type.name !== 'link' || safeHref(mark.attrs.href) !== null)
    const leaf = (text: string, written: boolean): number =>
      segments.push({ text, written, isBreak: false, blank: text === '', marks })
    if (node.type.name === 'mention') leaf(mentionText(node.attrs), false)
    else if (node.type.name === 'mathInline') leaf(inlineMath(latexOf(node.attrs), isFree(block, index)), true)
    else if (node.type.name === 'documentLink') {
      const linked = marks.some(({ type }) => type.name === 'link') || !knownDocument(node.attrs)
      const text = documentLinkText(node.attrs)
      leaf(linked ? text : `[${escapeMarkdown(text, true)}](${documentPath(node.attrs)})`, !linked)
    } else if (!node.isText) segments.push({ text: '', isBreak: true, blank: true, marks })
    else if (marks.some((mark) => mark.type.name === 'code')) {
      segments.push({ text: node.text ?? '', isBreak: false, blank: false, marks })
    } else {
      const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(node.text ?? '') ?? []
      for (const text of [before, core, after]) {
        if (text !== '') segments.push({ text, isBreak: false, blank: text !== core || core.trim() === '', marks })
      }
    }
  })
  return segments
}

/** Emphasis may not begin or end with white space: takes it off the blank ends of every run. */
function expelBlanks(segments: readonly Segment[]): void {
  const strip = (ordered: readonly Segment[]): void => {
    const entered: Mark[] = []
    for (const segment of ordered) {
      if (segment.blank)
        segment.marks = segment.marks.filter((mark) => !(mark.type.name in delimiters) || mark.isInSet(entered))
      for (let i = entered.length - 1; i >= 0; i--) if (!entered[i]?.isInSet(segment.marks)) entered.splice(i, 1)
      for (const mark of segment.marks) if (!mark.isInSet(entered)) entered.push(mark)
    }
  }
  strip(segments)
  strip(segments.toReversed())
}

/** Where the run of each mark of each segment ends, so that what lasts longer is opened first. */
function runEnds(segments: readonly Segment[]): Map<Mark, number>[] {
  const ends: Map<Mark, number>[] = []
  for (let i = segments.length - 1; i >= 0; i--) {
    const next = ends[i + 1]
    const nextMarks = segments[i + 1]?.marks ?? []
    const here = new Map<Mark, number>()
    for (const mark of segments[i]?.marks ?? []) {
      const same = nextMarks.find((other) => other.eq(mark))
      here.set(mark, (same && next?.get(same)) ?? i)
    }
    ends[i] = here
  }
  return ends
}

/** A link that shows its own address is written without brackets: `<https://example.org>`. */
function asAutolink(segment: Segment, before: Segment | undefined, after: Segment | undefined): string | null {
  const link = segment.marks.find((mark) => mark.type.name === 'link')
  if (!link || segment.marks.some(({ type }) => type.name === 'code') || link.attrs.title) return null
  if (link.attrs.href !== segment.text || !/^https?:\/\/[^\s<>\\]+$/i.test(segment.text)) return null
  return link.isInSet(before?.marks ?? []) || link.isInSet(after?.marks ?? []) ? null : `<${segment.text}>`
}

const linkEnd = (mark: Mark): string => addressWithTitle(mark.attrs.href, mark.attrs.title)

/** How a link or a picture ends: where it leads, and its title. */
export function addressWithTitle(href: unknown, named: unknown): string {
  const address = (safeHref(href) ?? '').replace(/[\s<>\\]/g, encodeURIComponent)
  const title = typeof named === 'string' ? named.replace(/\s+/g, ' ').trim() : ''
  const plain = /^[^\s()&]+$/.test(address) ? address : `<${address.replace(/&(?=#|\w+;)/g, '\\&')}>`
  return `](${plain}${title === '' ? '' : ` "${title.replace(/["\\&]/g, '\\$&')}"`})`
}

const opening = (mark: Mark): Piece => {
  const delimiter = delimiters[mark.type.name]
  if (delimiter !== undefined) return { text: delimiter, kind: 'open' }
  return { text: mark.type.name === 'link' ? '[' : '<u>', kind: 'fixed' }
}
const closing = (mark: Mark): Piece => {
  const delimiter = delimiters[mark.type.name]
  if (delimiter !== undefined) return { text: delimiter, kind: 'close' }
  return { text: mark.type.name === 'link' ? linkEnd(mark) : '</u>', kind: 'fixed' }
}

/** `!` before a bracket would make an image of a link. */
function escapeBang(last: Piece | undefined): void {
  if (last?.kind === 'text' && last.text.endsWith('!')) last.text = `${last.text.slice(0, -1)}\\!`
}

function piecesOf(segments: readonly Segment[], lineBreak: string, dollars: boolean): Piece[] {
  const ends = runEnds(segments)
  const pieces: Piece[] = []
  const open: Mark[] = []
  segments.forEach((segment, index) => {
    const autolink = asAutolink(segment, segments[index - 1], segments[index + 1])
    const wanted = segment.marks.filter(
      ({ type }) => type.name !== 'code' && (autolink === null || type.name !== 'link'),
    )
    while (open.some((mark) => !mark.isInSet(wanted))) {
      const top = open.pop()
      if (top) pieces.push(closing(top))
    }
    const fresh = wanted.filter((mark) => !mark.isInSet(open) && !(segment.blank && mark.type.name in delimiters))
    const end = (mark: Mark): number => ends[index]?.get(mark) ?? index
    fresh.sort((a, b) => end(b) - end(a) || order.indexOf(a.type.name) - order.indexOf(b.type.name))
    for (const mark of fresh) {
      const last = pieces.at(-1)
      if (mark.type.name === 'link') escapeBang(last)
      pieces.push(opening(mark))
      open.push(mark)
    }
    if (segment.isBreak)
      pieces.push({ text: index === 0 || index === segments.length - 1 ? '<br>' : lineBreak, kind: 'fixed' })
    else if (segment.written) {
      if (segment.text.startsWith('[')) escapeBang(pieces.at(-1))
      pieces.push({ text: segment.text, kind: 'fixed' })
    } else if (autolink !== null) pieces.push({ text: autolink, kind: 'fixed' })
    else if (segment.marks.length > wanted.length) pieces.push({ text: inlineCode(segment.text), kind: 'fixed' })
    else pieces.push({ text: escapeMarkdown(segment.text, dollars), kind: 'text' })
  })
  while (open.length > 0) {
    const top = open.pop()
    if (top) pieces.push(closing(top))
  }
  return pieces
}

const isSpace = (character: string): boolean => character === '' || /\s/.test(character)
const isPunctuation = (character: string): boolean => /[\p{P}\p{S}]/u.test(character)
const lastOf = (text: string): string => Array.from(text.slice(-2)).at(-1) ?? ''
const firstOf = (text: string): string => Array.from(text.slice(0, 2))[0] ?? ''

/** Emphasis between a word and punctuation opens or closes only if the word's character is no word's (CommonMark 6.2). */
function mendFlanks(pieces: Piece[]): void {
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]
    if (piece === undefined || piece.kind === 'text' || piece.kind === 'fixed') continue
    let end = i
    while (pieces[end + 1]?.kind === 'open' || pieces[end + 1]?.kind === 'close') end++
    const before = pieces[i - 1]
    const after = pieces[end + 1]
    const left = lastOf(before?.text ?? '')
    const right = firstOf(after?.text ?? '')
    const isWord = (character: string): boolean => !isSpace(character) && !isPunctuation(character)
    const run = pieces.slice(i, end + 1)
    if (before?.kind === 'text' && isWord(left) && isPunctuation(right) && run.some(({ kind }) => kind === 'open')) {
      before.text = before.text.slice(0, -left.length) + asReference(left)
    }
    if (after?.kind === 'text' && isWord(right) && isPunctuation(left) && run.some(({ kind }) => kind === 'close')) {
      after.text = asReference(right) + after.text.slice(right.length)
    }
    i = end
  }
}

/** The content of a textblock as Markdown. `lineBreak` stands for hard breaks between words. */
export function inlineMarkdown(block: Node, lineBreak: '\\\n' | '<br>'): string {
  const segments = segmentsOf(block)
  expelBlanks(segments)
  const pieces = piecesOf(segments, lineBreak, hasDollars(block))
  mendFlanks(pieces)
  const text = pieces.map((piece) => piece.text).join('')
  return text
    .split('\n')
    .map((line) => escapeLineStart(line.trim()))
    .join('\n')
}
