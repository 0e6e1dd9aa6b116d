import { documentLinkText, latexOf, mentionText, safeHref } from '@weft/shared/editor'
import { escapeHtml } from '../../kit/html.ts'
import { formula } from './formula.ts'
import type { PageWriter } from './PageWriter.ts'
import type { TextMark, TextNode } from './textNode.ts'

const plain: Record<string, string> = { bold: 'strong', italic: 'em', underline: 'u', strike: 's', code: 'code' }

/** The tags of a mark; an address that may not be opened is none. */
function tagsOf({ type, attrs }: TextMark): [open: string, close: string] {
  const tag = plain[type.name]
  if (tag !== undefined) return [`<${tag}>`, `</${tag}>`]
  const href = type.name === 'link' ? safeHref(attrs.href) : null
  if (href === null) return ['', '']
  const title = typeof attrs.title === 'string' ? ` title="${escapeHtml(attrs.title)}"` : ''
  return [`<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow ugc"${title}>`, '</a>']
}

/** The words of a block, with tags around as many of them in a row as they hold for. */
export function writeInline(block: TextNode, out: PageWriter): void {
  let open: TextMark[] = []
  const closeTo = (depth: number): void => {
    for (const mark of open.slice(depth).reverse()) out.html(tagsOf(mark)[1])
    open = open.slice(0, depth)
  }
  for (const node of block.children) {
    let same = 0
    while (same < open.length && same < node.marks.length && node.marks[same]?.eq(open[same] as TextMark)) same++
    closeTo(same)
    for (const mark of node.marks.slice(same)) {
      out.html(tagsOf(mark)[0])
      open.push(mark)
    }
    writeLeaf(node, out)
  }
  closeTo(0)
}

function writeLeaf(node: TextNode, out: PageWriter): void {
  switch (node.type.name) {
    case 'hardBreak':
      out.html('<br>')
      break
    case 'mention':
      out.html('<span class="mention">').text(mentionText(node.attrs)).html('</span>')
      break
    // Where it leads is for people who can open that one; its title stands in this text.
    case 'documentLink':
      out.html('<span class="document">').text(documentLinkText(node.attrs)).html('</span>')
      break
    case 'mathInline':
      out.html(formula(latexOf(node.attrs), false))
      break
    default:
      out.text(node.text ?? '')
  }
}
