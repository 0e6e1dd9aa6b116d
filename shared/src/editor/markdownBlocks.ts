import type MarkdownIt from 'markdown-it'
import type { Token } from 'markdown-it/index.js'
import type { CalloutKind } from './attributes.ts'
import { kindOfAlert } from './callout.ts'

/** Blocks deeper than this become one paragraph of their source text; markdown-it would drop them. */
const blockNestingLimit = 60

/** Ends nesting with the text kept: 100,000 nested quotes become 60 and a paragraph. */
export function tooDeep(md: MarkdownIt): void {
  md.block.ruler.before('table', 'too_deep', (state, startLine, endLine, silent) => {
    if (silent || state.level < blockNestingLimit) return false
    state.push('paragraph_open', 'p', 1)
    const inline = state.push('inline', '', 0)
    inline.content = state.getLines(startLine, endLine, state.blkIndent, false).trim()
    inline.map = [startLine, endLine]
    inline.children = []
    state.push('paragraph_close', 'p', -1)
    state.line = endLine
    return true
  })
}

const box = /^\[([ xX])\](?:\s+|$)/

/** A bullet list of which every item starts with a box becomes a task list; a mixed one stays as it is written. */
export function taskItems(md: MarkdownIt): void {
  md.core.ruler.before('inline', 'task_items', (state) => {
    const open: { list: Token; items: { token: Token; first: Token | undefined }[]; pending: boolean }[] = []
    for (const token of state.tokens) {
      const list = open.at(-1)
      if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') {
        open.push({ list: token, items: [], pending: false })
      } else if (token.type === 'list_item_open') {
        list?.items.push({ token, first: undefined })
        if (list) list.pending = true
      } else if (token.type === 'list_item_close') {
        const item = list?.items.at(-1)
        if (item && item.token.meta === null) item.token.meta = { close: token }
      } else if (token.type === 'bullet_list_close' || token.type === 'ordered_list_close') {
        open.pop()
        if (list && token.type === 'bullet_list_close') asTaskList(list, token)
      } else if (token.type === 'inline' && list?.pending) {
        const item = list.items.at(-1)
        if (item) item.first = token
        list.pending = false
      } else if (token.type !== 'paragraph_open' && list) list.pending = false
    }
  })
}

function asTaskList(list: { list: Token; items: { token: Token; first: Token | undefined }[] }, close: Token): void {
  if (list.items.length === 0 || !list.items.every((item) => item.first && box.test(item.first.content))) return
  list.list.type = 'task_list_open'
  close.type = 'task_list_close'
  for (const { token, first } of list.items) {
    if (first === undefined) continue
    token.type = 'task_item_open'
    const end = (token.meta as { close: Token } | null)?.close
    if (end) end.type = 'task_item_close'
    token.meta = { checked: /[xX]/.test(first.content[1] ?? '') }
    first.content = first.content.replace(box, '')
  }
}

/** The schema's cells hold blocks: the words of a cell stand in a paragraph. */
export function tableCells(md: MarkdownIt): void {
  md.core.ruler.push('table_cells', (state) => {
    const tokens: Token[] = []
    let cell = false
    for (const token of state.tokens) {
      if (token.type === 'inline' && cell) {
        const paragraph = (type: string, nesting: -1 | 1): Token => new state.Token(type, 'p', nesting)
        tokens.push(paragraph('paragraph_open', 1), token, paragraph('paragraph_close', -1))
      } else tokens.push(token)
      cell = token.type === 'td_open' || token.type === 'th_open'
    }
    state.tokens = tokens
  })
}

const alert = /^\[!(\w+)\][ \t]*(?:\n|$)/

/** A quote whose first line is `[!NOTE]`, or another of GitHub's words, becomes a callout. */
export function callouts(md: MarkdownIt): void {
  md.core.ruler.before('inline', 'callouts', (state) => {
    const kept: Token[] = []
    const open: (CalloutKind | null)[] = []
    let skip = 0
    state.tokens.forEach((token, i) => {
      if (token.type === 'blockquote_open') {
        const first = state.tokens[i + 1]?.type === 'paragraph_open' ? state.tokens[i + 2] : undefined
        const found = alert.exec(first?.content ?? '')
        const kind = kindOfAlert(found?.[1] ?? '')
        open.push(kind)
        if (kind !== null && first !== undefined && found !== null) {
          token.type = 'callout_open'
          token.meta = { kind }
          first.content = first.content.slice(found[0].length)
          // The word stood alone: no empty paragraph stays where it was.
          if (first.content === '') skip = 4
        }
      } else if (token.type === 'blockquote_close' && open.pop()) token.type = 'callout_close'
      if (skip !== 1 && skip !== 2 && skip !== 3) kept.push(token)
      if (skip > 0) skip--
    })
    state.tokens = kept
  })
}
