import { mergeAttributes, Node } from '@tiptap/core'
import { Fragment, type NodeType } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    details: {
      /** Puts the selected blocks below a line of their own, with which they open and close. */
      setDetails(): ReturnType
    }
  }
}

/** The line of details that always shows. */
export const DetailsSummary = Node.create({
  name: 'detailsSummary',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'summary' }],
  renderHTML: ({ HTMLAttributes }) => ['summary', HTMLAttributes, 0],
})

/**
 * Blocks that can be put out of sight. Whether they are is each reader's own, and not in the text. They may hold more
 * or fewer lines than the one at their head where two people have changed them at once.
 */
export const Details = Node.create({
  name: 'details',
  group: 'block',
  // In this order: a new block in it is a paragraph.
  content: '(block | detailsSummary)+',
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: 'details' }],
  renderHTML: ({ HTMLAttributes }) => ['details', mergeAttributes(HTMLAttributes, { open: '' }), 0],
  addCommands() {
    return {
      setDetails:
        () =>
        ({ state, tr, dispatch }) => {
          const range = state.selection.$from.blockRange(state.selection.$to)
          const { detailsSummary, paragraph } = state.schema.nodes as Record<string, NodeType>
          if (!range || !detailsSummary || !paragraph) return false
          const summary = detailsSummary.create()
          const held = Fragment.fromArray(range.parent.children.slice(range.startIndex, range.endIndex))
          const details = this.type.create(null, held.addToStart(summary))
          if (!range.parent.canReplaceWith(range.startIndex, range.endIndex, this.type)) return false
          if (dispatch) {
            tr.replaceRangeWith(range.start, range.end, details)
            tr.setSelection(TextSelection.create(tr.doc, range.start + 2))
          }
          return true
        },
    }
  },
})
