import type { Node } from '@tiptap/pm/model'
import MarkdownIt from 'markdown-it'
import { MarkdownParser } from 'prosemirror-markdown'
import { bodySchema } from './extensions.ts'
import { callouts, tableCells, taskItems, tooDeep } from './markdownBlocks.ts'
import { detailsBlocks } from './markdownHtml.ts'
import { boundedInline, htmlInline, type MarkdownAddresses } from './markdownInline.ts'
import { formulas } from './markdownMath.ts'
import { pictureBlocks, pictureOf } from './markdownPictures.ts'
import { safeHref } from './safeHref.ts'

/** No HTML: it stays the text that it is, except for `<u>`, `<br>` and `<details>`, which Markdown has no words for. */
const tokenizer = new MarkdownIt('default', { html: false, linkify: true, typographer: false })
  .use(tooDeep)
  .use(detailsBlocks)
  .use(formulas)
  .use(boundedInline)
  .use(htmlInline)
  .use(taskItems)
  .use(callouts)
  .use(tableCells)
  .use(pictureBlocks)
tokenizer.validateLink = (href) => safeHref(href) !== null
// Only these are links without brackets: the serializer has to keep others from becoming some.
for (const schema of ['//', 'mailto:', 'ftp:']) tokenizer.linkify.add(schema, null)
tokenizer.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

const alignOf = (style: string | null): string | null => /text-align:(left|center|right)/.exec(style ?? '')?.[1] ?? null

const parser = new MarkdownParser(bodySchema, tokenizer, {
  paragraph: { block: 'paragraph' },
  heading: { block: 'heading', getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
  blockquote: { block: 'blockquote' },
  callout: { block: 'callout', getAttrs: (token) => ({ kind: token.meta.kind }) },
  details: { block: 'details' },
  summary: { block: 'detailsSummary' },
  math_inline: { node: 'mathInline', getAttrs: (token) => ({ latex: token.content }) },
  math_block: { node: 'mathBlock', getAttrs: (token) => ({ latex: token.content }) },
  document_link: { node: 'documentLink', getAttrs: (token) => token.meta },
  bullet_list: { block: 'bulletList' },
  ordered_list: { block: 'orderedList', getAttrs: (token) => ({ start: Number(token.attrGet('start') ?? 1) }) },
  list_item: { block: 'listItem' },
  task_list: { block: 'taskList' },
  task_item: { block: 'taskItem', getAttrs: (token) => ({ checked: token.meta?.checked === true }) },
  code_block: { block: 'codeBlock', noCloseToken: true },
  fence: {
    block: 'codeBlock',
    noCloseToken: true,
    getAttrs: (token) => ({
      language: tokenizer.utils.unescapeAll(token.info).trim().split(/\s/)[0]?.slice(0, 64) || null,
    }),
  },
  hr: { node: 'horizontalRule' },
  hardbreak: { node: 'hardBreak' },
  picture: { node: 'image', getAttrs: pictureOf },
  table: { block: 'table' },
  thead: { ignore: true },
  tbody: { ignore: true },
  tr: { block: 'tableRow' },
  th: { block: 'tableHeader', getAttrs: (token) => ({ align: alignOf(token.attrGet('style')) }) },
  td: { block: 'tableCell', getAttrs: (token) => ({ align: alignOf(token.attrGet('style')) }) },
  em: { mark: 'italic' },
  strong: { mark: 'bold' },
  s: { mark: 'strike' },
  underline: { mark: 'underline' },
  code_inline: { mark: 'code', noCloseToken: true },
  link: {
    mark: 'link',
    getAttrs: (token) => ({
      href: safeHref(token.attrGet('href')),
      title: token.attrGet('title')?.replace(/\s+/g, ' ').trim() || null,
    }),
  },
})

/**
 * Markdown (CommonMark with tables, strikethrough and task lists) as a node of the body's schema. Never throws.
 * `addresses` says what each address becomes, before it is looked at: those in code stay as they are.
 */
export function parseMarkdown(markdown: string, addresses?: MarkdownAddresses): Node {
  return parser.parse(markdown, addresses === undefined ? {} : { addresses })
}
