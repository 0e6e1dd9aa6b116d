import { type Editor, Extension } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'

/** The caret's own details, if it stands in their line; `at` is in front of them. */
function summaryAround({ state }: Editor) {
  const { $from, empty } = state.selection
  if ($from.parent.type.name !== 'detailsSummary') return null
  return { details: $from.node(-1), at: $from.before(-1), $from, empty }
}

/** Behind the line: what follows the caret in it begins the first block below. */
function enterFromSummary(editor: Editor): boolean {
  const found = summaryAround(editor)
  const { paragraph } = editor.schema.nodes
  if (found === null || paragraph === undefined) return false
  const { state, view } = editor
  const { to } = state.selection
  const end = found.$from.end()
  const rest = state.doc.slice(to, end).content
  const tr = state.tr.delete(found.$from.pos, end)
  const below = tr.mapping.map(end) + 1
  const first = tr.doc.resolve(below).nodeAfter
  const waiting = rest.size === 0 && first?.type === paragraph && first.content.size === 0
  if (!waiting) tr.insert(below, paragraph.create(null, rest))
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, below + 1)).scrollIntoView())
  return true
}

/** An empty last paragraph leaves the details: else there is no way out of them by keys. */
function leaveAtEnd(editor: Editor): boolean {
  const { state, view } = editor
  const { $from, empty } = state.selection
  const details = $from.depth > 1 ? $from.node(-1) : null
  if (details?.type.name !== 'details' || !empty || $from.parent.type.name !== 'paragraph') return false
  if ($from.parent.content.size > 0 || $from.indexAfter(-1) !== details.childCount || $from.index(-1) < 2) return false
  const behind = $from.after(-1)
  const paragraph = $from.parent
  const tr = state.tr.insert(behind, paragraph).delete($from.before(), $from.after())
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(behind, -1) + 1)).scrollIntoView())
  return true
}

/** At the beginning of the line the details end: what they held stays. */
function unwrap(editor: Editor): boolean {
  const found = summaryAround(editor)
  const { paragraph } = editor.schema.nodes
  if (!found?.empty || found.$from.parentOffset > 0 || paragraph === undefined) return false
  const { details, at } = found
  const blocks = details.children.map((child) =>
    child.type.name === 'detailsSummary' ? paragraph.create(null, child.content) : child,
  )
  const tr = editor.state.tr.replaceWith(at, at + details.nodeSize, blocks)
  editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
  return true
}

/** Enter and Backspace in details; before the editor's own, which know of no line that always shows. */
export const DetailsKeys = Extension.create({
  name: 'detailsKeys',
  priority: 940,
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => enterFromSummary(editor) || leaveAtEnd(editor),
      Backspace: ({ editor }) => unwrap(editor),
    }
  },
})
