import type { NodeViewRenderer } from '@tiptap/core'
import { latexOf, MathBlock, MathInline } from '@weft/shared/editor'

export interface MathTexts {
  /** In the place of a formula that nobody has written yet. */
  empty: string
}

/** Told to the editor's element when a formula has been clicked. */
export const editMathEvent = 'weft-edit-math'

const formula =
  (tag: 'span' | 'div', texts: MathTexts): NodeViewRenderer =>
  ({ node, view }) => {
    const dom = document.createElement(tag)
    dom.className = 'weft-math'
    dom.contentEditable = 'false'
    let shown = node
    let drawn: string | null = null
    const draw = async (): Promise<void> => {
      const latex = latexOf(shown.attrs)
      if (latex === drawn) return
      drawn = latex
      dom.dataset.latex = latex
      dom.toggleAttribute('data-empty', latex.trim() === '')
      if (latex.trim() === '') {
        dom.textContent = texts.empty
        return
      }
      // Readable until it is drawn, and where it cannot be.
      if (dom.querySelector('.katex') === null) dom.textContent = latex
      const { drawFormula } = await import('./katex.ts')
      if (drawn === latex) drawFormula(latex, dom, tag === 'div')
    }
    const show = (): void => void draw().catch(() => {})
    show()
    dom.addEventListener('click', () => view.dom.dispatchEvent(new Event(editMathEvent)))
    return {
      dom,
      update(next) {
        if (next.type !== shown.type) return false
        shown = next
        show()
        return true
      },
      ignoreMutation: () => true,
    }
  }

/** The shared formulas, drawn. */
export const mathWithView = (texts: MathTexts) => [
  MathInline.extend({ addNodeView: () => formula('span', texts) }),
  MathBlock.extend({ addNodeView: () => formula('div', texts) }),
]
