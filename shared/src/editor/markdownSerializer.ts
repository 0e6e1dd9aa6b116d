import { Fragment, type Node } from '@tiptap/pm/model'
import { alertMark } from './callout.ts'
import { inlineMarkdown } from './markdownInlineWriter.ts'
import { mathLines } from './markdownMath.ts'
import { pictureLine } from './markdownPictures.ts'
import { tableLines } from './markdownTable.ts'
import { fenceAround } from './markdownText.ts'
import { latexOf } from './math.ts'

const isList = (node: Node): boolean => ['bulletList', 'taskList', 'orderedList'].includes(node.type.name)

/** A list right behind a list of the same look would become one with it: it gets the other marker. */
function markerAfter(node: Node, last: string): string {
  if (node.type.name === 'orderedList') return last === '.' ? ')' : '.'
  return last === '-' ? '*' : '-'
}

function prefixed(lines: readonly string[], first: string, rest: string): string[] {
  return lines.map((line, i) => (i === 0 ? first : line === '' ? rest.trimEnd() : rest) + line)
}

function listLines(list: Node, marker: string): string[] {
  const start = Number(list.attrs.start ?? 1)
  return list.children.flatMap((item, i) => {
    const lead = list.type.name === 'orderedList' ? `${start + i}${marker} ` : `${marker} `
    const box = item.type.name === 'taskItem' ? `[${item.attrs.checked === true ? 'x' : ' '}] ` : ''
    const lines = blockLines(item, false)
    if (box !== '' && item.firstChild?.content.size === 0) lines.unshift('')
    if (lines.length === 0) lines.push('')
    return prefixed(lines, lead + box, ' '.repeat(lead.length)).map((line) => line.trimEnd())
  })
}

function codeLines(node: Node): string[] {
  const code = node.textContent
  const fence = fenceAround(code)
  return [fence + String(node.attrs.language ?? '').replace(/[\s`\\&]/g, ''), ...code.split('\n'), fence]
}

/** Only the first line is one for Markdown; where there are more, the others are text. */
function detailsLines(node: Node): string[] {
  const [first, ...rest] = node.children
  const headed = first?.type.name === 'detailsSummary'
  const summary = headed && first ? inlineMarkdown(first, '<br>') : ''
  const lines = blockLines(headed ? node.copy(Fragment.fromArray(rest)) : node, false)
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, ...(lines.length > 0 ? [''] : []), '</details>']
}

function linesOf(node: Node, marker: string, top: boolean): string[] {
  switch (node.type.name) {
    case 'heading': {
      const text = inlineMarkdown(node, '<br>').replace(/(#+)$/, '\\$1')
      return [`${'#'.repeat(Number(node.attrs.level))} ${text}`.trimEnd()]
    }
    case 'blockquote': {
      const lines = blockLines(node, false)
      return prefixed(lines.length === 0 ? [''] : lines, '> ', '> ').map((line) => line.trimEnd())
    }
    case 'callout': {
      const lines = blockLines(node, false)
      // Behind the word's own line a paragraph may go on; anything else would be taken for a part of it.
      const { firstChild: first } = node
      const goesOn = first?.type.name === 'paragraph' && inlineMarkdown(first, '\\\n') !== ''
      const gap = goesOn || lines.length === 0 ? [] : ['']
      return prefixed([alertMark(node.attrs.kind), ...gap, ...lines], '> ', '> ').map((line) => line.trimEnd())
    }
    case 'details':
      return detailsLines(node)
    case 'mathBlock':
      return mathLines(latexOf(node.attrs))
    case 'codeBlock':
      return codeLines(node)
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return listLines(node, marker)
    case 'horizontalRule':
      return [top ? '---' : '___']
    case 'image':
      return [pictureLine(node) ?? []].flat()
    case 'table':
      return tableLines(node)
    default: {
      const text = inlineMarkdown(node, '\\\n')
      return text === '' ? [] : text.split('\n')
    }
  }
}

/** A list that may stand right under the paragraph of its item: any other needs a blank line between (CommonMark 5.3). */
const interrupts = (node: Node): boolean =>
  isList(node) && (node.firstChild?.firstChild?.content.size ?? 0) > 0 && Number(node.attrs.start ?? 1) === 1

function blockLines(parent: Node, top: boolean): string[] {
  const lines: string[] = []
  let marker = ''
  for (const child of parent.children) {
    marker = isList(child) ? markerAfter(child, marker) : marker
    const own = linesOf(child, marker, top)
    if (own.length === 0) continue
    if (!isList(child)) marker = ''
    const tight = parent.type.name.endsWith('Item') && interrupts(child)
    if (lines.length > 0 && !tight) lines.push('')
    for (const line of own) lines.push(line)
  }
  return lines
}

/** A body as Markdown: CommonMark with tables, strikethrough and task lists, underline as `<u>`, breaks in tables as `<br>`. */
export function markdownOf(body: Node): string {
  const lines = blockLines(body, true)
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
