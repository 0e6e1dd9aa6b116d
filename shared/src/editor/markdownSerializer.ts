import type { Mark, Node } from '@tiptap/pm/model'
import { MarkdownSerializer, type MarkdownSerializerState } from 'prosemirror-markdown'
import { tableToMarkdown } from './markdownTable.ts'
import { safeHref } from './safeHref.ts'

const longestRun = (text: string, character: string): number =>
  Math.max(0, ...(text.match(new RegExp(`${character}+`, 'g')) ?? []).map((run) => run.length))

function codeFence(text: string): string {
  return '`'.repeat(Math.max(3, longestRun(text, '`') + 1))
}

function codeMark(text: string): { open: string; close: string } {
  const ticks = '`'.repeat(longestRun(text, '`') + 1)
  const padded = /^`|`$|^ .*[^ ].* $|^ .*[^ ] $/s.test(text)
  return padded ? { open: `${ticks} `, close: ` ${ticks}` } : { open: ticks, close: ticks }
}

const address = (mark: Mark): string => (safeHref(mark.attrs.href) ?? '').replace(/[\s<>\\]/g, encodeURIComponent)
const linkEnd = (mark: Mark): string => {
  const title = typeof mark.attrs.title === 'string' && mark.attrs.title !== '' ? mark.attrs.title : null
  return `](<${address(mark)}>${title === null ? '' : ` "${title.replace(/["\\]/g, '\\$&').replace(/\s+/g, ' ')}"`})`
}

/** Two lists of one kind in a row would become one: every second one gets the other marker. */
function alternate(node: Node, parent: Node, index: number): boolean {
  let before = 0
  for (let i = index - 1; i >= 0 && parent.child(i).type === node.type; i--) before++
  return before % 2 === 1
}

const nodes: MarkdownSerializer['nodes'] = {
  text: (state, node) => state.text(node.text ?? ''),
  paragraph(state, node) {
    state.renderInline(node)
    state.closeBlock(node)
  },
  heading(state, node) {
    state.write(`${'#'.repeat(Number(node.attrs.level))} `)
    state.renderInline(node, false)
    state.closeBlock(node)
  },
  blockquote: (state, node) => state.wrapBlock('> ', null, node, () => state.renderContent(node)),
  codeBlock(state, node) {
    const fence = codeFence(node.textContent)
    state.write(`${fence}${String(node.attrs.language ?? '').replace(/[\s`]/g, '')}\n`)
    state.text(node.textContent, false)
    state.write('\n')
    state.write(fence)
    state.closeBlock(node)
  },
  bulletList(state, node, parent, index) {
    const marker = alternate(node, parent, index) ? '*' : '-'
    state.renderList(node, '  ', () => `${marker} `)
  },
  orderedList(state, node, parent, index) {
    const start = Number(node.attrs.start ?? 1)
    const dot = alternate(node, parent, index) ? ')' : '.'
    const width = String(start + node.childCount - 1).length + 2
    state.renderList(node, ' '.repeat(width), (i) => `${start + i}${dot}`.padEnd(width))
  },
  taskList(state, node, parent, index) {
    const marker = alternate(node, parent, index) ? '*' : '-'
    state.renderList(node, '  ', (i) => `${marker} [${node.child(i).attrs.checked === true ? 'x' : ' '}] `)
  },
  listItem: (state, node) => state.renderContent(node),
  taskItem: (state, node) => state.renderContent(node),
  horizontalRule(state, node) {
    state.write('---')
    state.closeBlock(node)
  },
  hardBreak: (state) => state.write('\\\n'),
  table(state, node) {
    state.write(tableToMarkdown(node, (cell) => inlineMarkdown(cell)))
    state.closeBlock(node)
  },
}

const marks: MarkdownSerializer['marks'] = {
  bold: { open: '**', close: '**', mixable: true, expelEnclosingWhitespace: true },
  italic: { open: '*', close: '*', mixable: true, expelEnclosingWhitespace: true },
  strike: { open: '~~', close: '~~', mixable: true, expelEnclosingWhitespace: true },
  underline: { open: '<u>', close: '</u>', mixable: true },
  code: {
    open: (_state, _mark, parent, index) => codeMark(parent.child(index).text ?? '').open,
    close: (_state, _mark, parent, index) => codeMark(parent.child(index - 1).text ?? '').close,
    escape: false,
  },
  link: { open: '[', close: (_state, mark) => linkEnd(mark), mixable: true },
}

const serializer = new MarkdownSerializer(nodes, marks, {
  escapeExtraCharacters: /[<&|]/g,
  hardBreakNodeName: 'hardBreak',
})
const options = { tightLists: true } as Parameters<MarkdownSerializer['serialize']>[1]

/** One line of Markdown for the content of a textblock. */
function inlineMarkdown(block: Node): string {
  return serializer.serialize(
    block.type.schema.node('doc', null, [block.type.schema.node('paragraph', null, block.content)]),
    options,
  )
}

/** A body as Markdown: CommonMark with tables, strikethrough and task lists, underline as `<u>`. */
export function markdownOf(body: Node): string {
  const markdown = serializer.serialize(body, options)
  return markdown === '' ? '' : `${markdown}\n`
}

export type { MarkdownSerializerState }
