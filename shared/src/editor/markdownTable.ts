import type { Node } from '@tiptap/pm/model'
import { inlineMarkdown } from './markdownInlineWriter.ts'
import { pictureLine } from './markdownPictures.ts'

/** More columns than this are cut: one hostile row must not make every other row as long. */
const columnLimit = 200

const rules: Record<string, string> = { left: ':---', center: ':---:', right: '---:' }

function cellText(cell: Node): string {
  const lines: string[] = []
  cell.descendants((node) => {
    if (node.type.name === 'image') lines.push(pictureLine(node) ?? '')
    if (!node.isTextblock) return true
    lines.push(inlineMarkdown(node, '<br>'))
    return false
  })
  return lines.join('<br>').replace(/\|/g, '\\|')
}

function cellsOf(row: Node): { texts: string[]; aligns: string[] } {
  const texts: string[] = []
  const aligns: string[] = []
  for (const cell of row.children) {
    for (let i = 0; i < Number(cell.attrs.colspan) && texts.length < columnLimit; i++) {
      texts.push(i === 0 ? cellText(cell) : '')
      aligns.push(rules[String(cell.attrs.align)] ?? '---')
    }
  }
  return { texts, aligns }
}

/** A table in the pipe syntax: the first row is the header, merged cells leave empty ones, blocks are joined by `<br>`. */
export function tableLines(table: Node): string[] {
  const rows = table.children.map(cellsOf)
  const width = rows.reduce((widest, row) => Math.max(widest, row.texts.length), 1)
  const line = (cells: readonly string[], fill: string): string =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? fill).join(' | ')} |`
  const [head, ...rest] = rows
  return [line(head?.texts ?? [], ''), line(head?.aligns ?? [], '---'), ...rest.map((row) => line(row.texts, ''))]
}
