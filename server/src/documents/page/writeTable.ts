import type { PageWriter } from './PageWriter.ts'
import type { TextNode } from './textNode.ts'

/** Writes what a cell holds. */
type WriteInside = (cell: TextNode) => void

/** A table, which scrolls by itself where a page is narrow. */
export function writeTable(table: TextNode, out: PageWriter, inside: WriteInside): void {
  out.html('<div class="table" role="group" tabindex="0" aria-label="').word('table').html('"><table>')
  for (const [at, row] of table.children.entries()) {
    out.html('<tr>')
    for (const cell of row.children) writeCell(cell, at === 0, out, inside)
    out.html('</tr>')
  }
  out.html('</table></div>')
}

function writeCell(cell: TextNode, isFirstRow: boolean, out: PageWriter, inside: WriteInside): void {
  const { colspan, rowspan, align } = cell.attrs
  const isHeader = cell.type.name === 'tableHeader'
  const tag = isHeader ? 'th' : 'td'
  const scope = isHeader ? ` scope="${isFirstRow ? 'col' : 'row'}"` : ''
  const span = (name: string, value: unknown): string => (Number(value) > 1 ? ` ${name}="${Number(value)}"` : '')
  const side = align === 'center' || align === 'right' ? ` class="${align}"` : ''
  out.html(`<${tag}${scope}${span('colspan', colspan)}${span('rowspan', rowspan)}${side}>`)
  inside(cell)
  out.html(`</${tag}>`)
}
