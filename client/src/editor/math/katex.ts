// A module of its own, so that formulas and their fonts come only to pages that show one.
import katex from 'katex'
import 'katex/dist/katex.min.css'

/** Draws a formula; what LaTeX does not understand is shown as it is written, in the colour of errors. */
export function drawFormula(latex: string, into: HTMLElement, displayMode: boolean): void {
  katex.render(latex, into, {
    displayMode,
    throwOnError: false,
    errorColor: 'var(--color-danger)',
    // What others write may neither load nor link anything, nor grow without end.
    trust: false,
    strict: 'ignore',
    maxSize: 40,
    maxExpand: 500,
  })
}
