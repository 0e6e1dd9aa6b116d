import type { Node } from '@tiptap/pm/model'
import type * as Y from 'yjs'
import { titleLimit } from '../documents/index.ts'
import { fields, kindOf, setTitle, textWithin, titleOf } from '../text/index.ts'
import { bodySchema } from './extensions.ts'
import { parseMarkdown } from './markdownParser.ts'
import { markdownOf } from './markdownSerializer.ts'
import { readBody } from './readBody.ts'
import { yElementOf } from './writeBody.ts'

/**
 * Writes Markdown into a seeded document, in one transaction: it replaces the seed's empty paragraph, or is added
 * behind what is already there. The title is `options.title`; without it, a first heading of level one is taken out
 * of the text and becomes the title. A plain document takes the Markdown as it is.
 */
export function applyMarkdown(doc: Y.Doc, markdown: string, options: { title?: string } = {}): void {
  doc.transact(() => {
    if (options.title !== undefined) setTitle(doc, options.title)
    if (kindOf(doc) === 'plain') {
      doc.getText(fields.text).insert(doc.getText(fields.text).length, markdown)
      return
    }
    const { title, blocks } =
      options.title === undefined
        ? withoutTitle(parseMarkdown(markdown))
        : { title: null, blocks: parseMarkdown(markdown).children }
    if (title !== null) setTitle(doc, title)
    const body = doc.getXmlFragment(fields.body)
    const pristine = textWithin(body, 1) === '' && body.length === 1
    const elements = blocks.map(yElementOf)
    if (elements.length === 0) return
    body.insert(body.length, elements)
    if (pristine) body.delete(0, 1)
  })
}

function withoutTitle(body: Node): { title: string | null; blocks: readonly Node[] } {
  const first = body.firstChild
  const isTitle = first?.type === bodySchema.nodes.heading && first?.attrs.level === 1
  if (!first || !isTitle || first.textContent.trim() === '' || first.textContent.length > titleLimit)
    return { title: null, blocks: body.children }
  return { title: first.textContent, blocks: body.children.slice(1) }
}

/** The text as Markdown, whatever was written into Yjs; the title is apart and not repeated in it. Never throws. */
export function toMarkdown(doc: Y.Doc): { title: string; markdown: string } {
  const title = titleOf(doc)
  if (kindOf(doc) === 'plain') return { title, markdown: textWithinPlain(doc) }
  return { title, markdown: markdownOf(readBody(doc)) }
}

/** The words of title and body, one block a line: for search, previews and word counts. Never throws. */
export function plainTextOf(doc: Y.Doc): string {
  const text = kindOf(doc) === 'plain' ? textWithinPlain(doc) : textWithin(doc.getXmlFragment(fields.body))
  return [titleOf(doc), text].filter((part) => part !== '').join('\n')
}

function textWithinPlain(doc: Y.Doc): string {
  const parts = doc.getText(fields.text).toDelta() as { insert?: unknown }[]
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
}
