import { isCalloutKind, latexOf } from '@weft/shared/editor'
import { escapeHtml } from '../../kit/html.ts'
import { formula } from './formula.ts'
import type { PageWriter } from './PageWriter.ts'
import type { TextNode } from './textNode.ts'
import { writeInline } from './writeInline.ts'
import { writePicture } from './writePicture.ts'
import { writeTable } from './writeTable.ts'

/** Blocks of a body one after the other. */
export function writeBlocks(blocks: readonly TextNode[], out: PageWriter): void {
  for (const block of blocks) writeBlock(block, out)
}

function writeLine(tag: string, block: TextNode, out: PageWriter): void {
  out.html(`<${tag}>`)
  writeInline(block, out)
  out.html(`</${tag}>`)
}

function writeBlock(block: TextNode, out: PageWriter): void {
  const { attrs } = block
  switch (block.type.name) {
    case 'heading':
      writeLine(`h${Math.min(6, Number(attrs.level) - out.topHeading + 2)}`, block, out)
      break
    case 'blockquote':
      out.html('<blockquote>')
      writeBlocks(block.children, out)
      out.html('</blockquote>')
      break
    case 'callout':
      writeCallout(block, out)
      break
    case 'details':
      writeDetails(block, out)
      break
    case 'mathBlock':
      out.html('<div class="formula" role="group" tabindex="0" aria-label="').word('formula')
      out.html(`">${formula(latexOf(attrs), true)}</div>`)
      break
    case 'codeBlock':
      out.html('<pre role="group" tabindex="0" aria-label="').word('code').html('"><code>')
      out.text(block.textContent).html('</code></pre>')
      break
    case 'bulletList':
      writeItems('ul', block, out)
      break
    case 'orderedList':
      writeItems(`ol start="${Number(attrs.start ?? 1)}"`, block, out)
      break
    case 'taskList':
      writeTasks(block, out)
      break
    case 'horizontalRule':
      out.html('<hr>')
      break
    case 'image':
      writePicture(block, out)
      break
    case 'table':
      writeTable(block, out, (cell) => writeBlocks(cell.children, out))
      break
    default:
      writeLine('p', block, out)
  }
}

function writeItems(tag: string, list: TextNode, out: PageWriter): void {
  out.html(`<${tag}>`)
  for (const item of list.children) {
    out.html('<li>')
    writeBlocks(item.children, out)
    out.html('</li>')
  }
  out.html(`</${tag.slice(0, 2)}>`)
}

function writeTasks(list: TextNode, out: PageWriter): void {
  out.html('<ul class="tasks">')
  for (const item of list.children) {
    const done = item.attrs.checked === true
    out.html(`<li${done ? ' class="done"' : ''}><span class="box" role="img" aria-label="`)
    out.word(done ? 'done' : 'open').html(`">${done ? '✓' : ''}</span><div>`)
    writeBlocks(item.children, out)
    out.html('</div></li>')
  }
  out.html('</ul>')
}

function writeCallout(block: TextNode, out: PageWriter): void {
  const kind = isCalloutKind(block.attrs.kind) ? block.attrs.kind : 'note'
  out
    .html(`<div class="callout ${escapeHtml(kind)}"><p class="kind">`)
    .word(kind)
    .html('</p>')
  writeBlocks(block.children, out)
  out.html('</div>')
}

/** Two people may have left it more lines than one at its head, or none. */
function writeDetails(block: TextNode, out: PageWriter): void {
  const [first, ...rest] = block.children
  const headed = first?.type.name === 'detailsSummary'
  out.html('<details><summary>')
  if (headed && first.content.size > 0) writeInline(first, out)
  else out.word('details')
  out.html('</summary>')
  writeBlocks(headed ? rest : block.children, out)
  out.html('</details>')
}
