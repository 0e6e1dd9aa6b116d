import type { Node } from '@tiptap/pm/model'

/** More columns than this are cut; a hostile row cannot make every other row as long. */
const columnLimit = 200

const rules: Record<string, string> = { left: ':---', center: ':---:', right: '---:' }

function cellText(cell: Node, inline: (block: Node) => string): string {
  const lines: string[] = []
  cell.descendants((node) => {
    if (!node.isTextblock) return true
    lines.push(inline(node))
    return false
  })
  return lines.join('<br>').replace(/\\?\n/g, '<br>').trim()
}

/** A table in the pipe syntax: the first row is the header, merged cells leave empty ones, blocks are joined by `<br>`. */
export function tableToMarkdown(table: Node, inline: (block: Node) => string): string {
  const rows: string[][] = []
  const aligns: string[] = []
  table.forEach((row) => {
    const cells: string[] = []
    row.forEach((cell) => {
      if (cells.length >= columnLimit) return
      if (rows.length === 0) aligns.push(rules[String(cell.attrs.align)] ?? '---')
      cells.push(cellText(cell, inline))
      for (let i = 1; i < Number(cell.attrs.colspan) && cells.length < columnLimit; i++) cells.push('')
    })
    rows.push(cells)
  })
  const width = Math.max(1, ...rows.map((row) => row.length))
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`
  const rule = `| ${Array.from({ length: width }, (_, i) => aligns[i] ?? '---').join(' | ')} |`
  return [line(rows[0] ?? []), rule, ...rows.slice(1).map(line)].join('\n')
}
