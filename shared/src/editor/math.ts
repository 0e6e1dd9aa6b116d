import { InputRule, mergeAttributes, Node } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { NodeSelection } from '@tiptap/pm/state'
import { latexLimit, type RawAttributes } from './attributes.ts'

export const latexOf = ({ latex }: RawAttributes): string => (typeof latex === 'string' ? latex : '')

const addAttributes = () => ({
  latex: {
    default: '',
    parseHTML: (element: HTMLElement) => (element.dataset.latex ?? '').slice(0, latexLimit),
    renderHTML: (attributes: RawAttributes) => ({ 'data-latex': latexOf(attributes) }),
  },
})

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    math: {
      /** Puts an empty formula in the place of the selection and selects it: a line of its own, or in the line. */
      insertMath(display: 'block' | 'inline'): ReturnType
    }
  }
}

/** A formula in a line of text, in LaTeX. */
export const MathInline = Node.create({
  name: 'mathInline',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes,
  parseHTML: () => [{ tag: 'span[data-latex]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: 'weft-math' }),
    `$${latexOf(node.attrs)}$`,
  ],
  renderText: ({ node }) => `$${latexOf(node.attrs)}$`,
  extendNodeSchema: ({ name }) =>
    name === 'mathInline' ? { leafText: (node: ProseMirrorNode) => latexOf(node.attrs) } : {},
  addInputRules() {
    return [
      new InputRule({
        find: /(?:^|[^\w$\\])\$([^\s$](?:[^$]*[^\s$\\])?)\$$/,
        handler: ({ state, range, match }) => {
          const latex = match[1] ?? ''
          const from = range.to - latex.length - 1
          state.tr.replaceWith(from, range.to, this.type.create({ latex }))
        },
      }),
    ]
  },
})

/** A formula with a line of its own. */
export const MathBlock = Node.create({
  name: 'mathBlock',
  group: 'block',
  atom: true,
  addAttributes,
  parseHTML: () => [{ tag: 'div[data-latex]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'div',
    mergeAttributes(HTMLAttributes, { class: 'weft-math' }),
    `$$${latexOf(node.attrs)}$$`,
  ],
  renderText: ({ node }) => latexOf(node.attrs),
  addCommands() {
    return {
      insertMath:
        (display) =>
        ({ tr, state, dispatch }) => {
          const node = state.schema.nodes[display === 'block' ? 'mathBlock' : 'mathInline']?.create()
          if (node === undefined) return false
          if (!dispatch) return true
          const { from } = tr.selection
          tr.replaceSelectionWith(node)
          tr.doc.nodesBetween(Math.max(0, from - 2), Math.min(tr.doc.content.size, from + 3), (found, at) => {
            if (found === node) tr.setSelection(NodeSelection.create(tr.doc, at))
          })
          return true
        },
    }
  },
})
