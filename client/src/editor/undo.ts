import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { defaultDeleteFilter, ySyncPluginKey } from '@tiptap/y-tiptap'
import { bodySchema } from '@weft/shared/editor'
import { fields } from '@weft/shared/text'
import * as Y from 'yjs'
import { absoluteOf } from './carets/positions.ts'

/** Blocks that another person has written into stay when the one who made them undoes that. */
const protectedNodes = new Set(Object.keys(bodySchema.nodes))

/** One history for title and body, of one's own edits alone. */
export function createUndoManager(doc: Y.Doc): Y.UndoManager {
  return new Y.UndoManager([doc.getXmlFragment(fields.title), doc.getXmlFragment(fields.body)], {
    trackedOrigins: new Set([ySyncPluginKey]),
    captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
    deleteFilter: (item) => defaultDeleteFilter(item, protectedNodes),
  })
}

interface RecordedSelection {
  anchor: Y.RelativePosition | null
  head: Y.RelativePosition | null
}

/**
 * Puts the caret where it was before what is undone, in the field that changed. y-tiptap hands the recorded selection
 * to its next change, which is another person's as a rule: their edit would move the caret.
 */
export function restoreSelections(undoManager: Y.UndoManager, editors: readonly Editor[]): void {
  undoManager.on('stack-item-added', ({ stackItem }) => {
    if (!undoManager.undoing && !undoManager.redoing) return
    // y-tiptap reads where the caret was before the undo with the sizes of the nodes after it.
    for (const { view } of editors) {
      const { binding } = ySyncPluginKey.getState(view.state)
      if (binding?.beforeTransactionSelection) stackItem.meta.set(binding, { ...binding.beforeTransactionSelection })
    }
  })
  undoManager.on('stack-item-popped', ({ stackItem, changedParentTypes }) => {
    for (const { view } of editors) {
      const { binding, type } = ySyncPluginKey.getState(view.state)
      if (!binding) continue
      binding.beforeTransactionSelection = null
      const recorded = stackItem.meta.get(binding) as RecordedSelection | null | undefined
      if (!recorded?.anchor || !recorded.head || !changedParentTypes.has(type)) continue
      const anchor = absoluteOf(view.state, recorded.anchor)
      const head = absoluteOf(view.state, recorded.head)
      if (anchor === null || head === null) continue
      const { doc, tr } = view.state
      view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))).scrollIntoView())
      view.focus()
    }
  })
}
