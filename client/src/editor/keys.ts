import { Extension } from '@tiptap/core'
import { type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'

/** Moves the top-level block of the selection by one, and the selection with it. */
function moveBlock(state: EditorState, direction: -1 | 1): Transaction | null {
  const { $from, $to } = state.selection
  const first = $from.index(0)
  const last = $to.indexAfter(0) - 1
  const other = direction < 0 ? first - 1 : last + 1
  const neighbour = other >= 0 && other < state.doc.childCount ? state.doc.child(other) : null
  if (neighbour === null) return null
  const start = $from.posAtIndex(first, 0)
  const end = $to.posAtIndex(last + 1, 0)
  const tr = state.tr
  if (direction < 0) {
    tr.delete(start - neighbour.nodeSize, start).insert(end - neighbour.nodeSize, neighbour)
  } else {
    tr.delete(end, end + neighbour.nodeSize).insert(start, neighbour)
  }
  const shift = direction * neighbour.nodeSize
  return tr
    .setSelection(TextSelection.between(tr.doc.resolve($from.pos + shift), tr.doc.resolve($to.pos + shift)))
    .scrollIntoView()
}

/** The keys of ux.md that the nodes do not bring themselves. */
export const BodyKeys = Extension.create({
  name: 'bodyKeys',
  priority: 950,
  addKeyboardShortcuts() {
    const move = (direction: -1 | 1) => (): boolean => {
      const tr = moveBlock(this.editor.state, direction)
      if (tr) this.editor.view.dispatch(tr)
      return true
    }
    return {
      'Mod-Enter': () => {
        if (!this.editor.isActive('taskItem')) return false
        const checked = this.editor.getAttributes('taskItem').checked === true
        return this.editor.commands.updateAttributes('taskItem', { checked: !checked })
      },
      'Mod-Alt-ArrowUp': move(-1),
      'Mod-Alt-ArrowDown': move(1),
      // Chromium looks for the end of the cell that the caret is in, and may find the first one of a table.
      'Ctrl-End': () => {
        const { state, view } = this.editor
        view.dispatch(state.tr.setSelection(Selection.atEnd(state.doc)).scrollIntoView())
        return true
      },
      'Mod-Alt-0': () => this.editor.commands.setParagraph(),
    }
  },
})
