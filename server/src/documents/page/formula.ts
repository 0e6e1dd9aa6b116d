import katex from 'katex'
import { escapeHtml } from '../../kit/html.ts'

/** A formula as MathML, which browsers draw without script and fonts; what LaTeX does not understand stays as it is written. */
export function formula(latex: string, displayMode: boolean): string {
  try {
    return katex.renderToString(latex, {
      output: 'mathml',
      displayMode,
      // As the editor draws them: what others write may neither load nor link anything, nor grow without end.
      trust: false,
      strict: 'ignore',
      maxSize: 40,
      maxExpand: 500,
    })
  } catch {
    return `<code>${escapeHtml(latex)}</code>`
  }
}
