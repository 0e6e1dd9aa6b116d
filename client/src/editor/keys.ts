import { Extension } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { blockAt } from './blocks/block.ts'
import { duplicate, moveBy } from './blocks/changes.ts'

/** The keys of ux.md that the nodes do not bring themselves. */
export const BodyKeys = Extension.create({
  name: 'bodyKeys',
  priority: 950,
  addKeyboardShortcuts() {
    const move = (direction: -1 | 1) => (): boolean => {
      const tr = moveBy(this.editor.state, direction)
      if (tr) this.editor.view.dispatch(tr)
      return true
    }
    return {
      'Mod-Enter': () => {
        if (!this.editor.isActive('taskItem')) return false
        const checked = this.editor.getAttributes('taskItem').checked === true
        return this.editor.commands.updateAttributes('taskItem', { checked: !checked })
      },
      'Mod-Shift-d': () => {
        const block = blockAt(this.editor.state.selection.$from)
        if (block) this.editor.view.dispatch(duplicate(this.editor.state, block))
        return true
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
