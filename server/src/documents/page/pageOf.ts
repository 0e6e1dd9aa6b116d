import { plainTextOf, readBody, toMarkdown } from '@weft/shared/editor'
import { kindOf, titleOf } from '@weft/shared/text'
import type * as Y from 'yjs'
import { PageWriter } from './PageWriter.ts'
import type { TextNode } from './textNode.ts'
import type { TextPage } from './textPage.ts'
import { writeBlocks } from './writeBlocks.ts'

/** In characters: what chat programs show of a page. */
const startLength = 200

/** A text as HTML that runs and loads nothing, whatever was written into Yjs. Never throws. */
export function pageOf(doc: Y.Doc): TextPage {
  const title = titleOf(doc)
  const out = kindOf(doc) === 'plain' ? plainText(doc) : blocks(readBody(doc))
  return {
    title,
    parts: out.finish(),
    start: startOf(plainTextOf(doc), title),
    fileIds: [...out.fileIds],
    elsewhere: out.elsewhere,
  }
}

const plainText = (doc: Y.Doc): PageWriter =>
  new PageWriter().html('<pre class="plain">').text(toMarkdown(doc).markdown).html('</pre>')

function blocks(body: TextNode): PageWriter {
  const levels: number[] = []
  body.descendants((node) => void (node.type.name === 'heading' && levels.push(Number(node.attrs.level))))
  const out = new PageWriter(levels.reduce((least, level) => Math.min(least, level), 6))
  writeBlocks(body.children, out)
  return out
}

/** The first words behind the title, up to the end of one. */
function startOf(text: string, title: string): string {
  const words = (title !== '' && text.startsWith(title) ? text.slice(title.length) : text)
    .slice(0, 4 * startLength)
    .replace(/\s+/g, ' ')
    .trim()
  if (words.length <= startLength) return words
  const cut = words.slice(0, startLength)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), startLength / 2))}…`
}
