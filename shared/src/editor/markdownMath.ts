import type MarkdownIt from 'markdown-it'
import { latexLimit } from './attributes.ts'
import { isCode, isWithin, lineAt, mayLook } from './markdownHtml.ts'

const dollar = 0x24

/** A word's character, or another sign of dollars: beside one a dollar is money or a variable. */
const joined = /[\p{L}\p{N}_$\\]/u

/** A formula between the dollar at `at` and the next one; null if these are only dollars. */
function formulaAt(src: string, at: number, max: number): { latex: string; end: number } | null {
  if (src.startsWith('$`', at)) {
    const end = src.indexOf('`$', at + 2)
    const latex = src.slice(at + 2, end)
    return end < 0 || end + 2 > max || latex.trim() === '' || latex.includes('`') ? null : { latex, end: end + 2 }
  }
  let end = at + 1
  while (end < max && end - at <= latexLimit && src.charCodeAt(end) !== dollar) end += src[end] === '\\' ? 2 : 1
  if (end >= max || src.charCodeAt(end) !== dollar) return null
  const latex = src.slice(at + 1, end)
  if (latex.trim() === '' || /^\s|\s$|`/.test(latex)) return null
  if (joined.test(src[at - 1] ?? ' ') || joined.test(src[end + 1] ?? ' ')) return null
  return { latex, end: end + 1 }
}

/** Reads `$…$` in a line (and GitHub's form with backticks, which may stand in a word), and `$$…$$` as a block. */
export function formulas(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'weft_math', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== dollar) return false
    const found = formulaAt(state.src, state.pos, state.posMax)
    if (found === null || found.latex.length > latexLimit) return false
    if (!silent) state.push('math_inline', 'math', 0).content = found.latex.replace(/\s+/g, ' ').trim()
    state.pos = found.end
    return true
  })
  md.block.ruler.before(
    'fence',
    'weft_math_block',
    (state, startLine, endLine, silent) => {
      const head = lineAt(state, startLine)
      if (!head.startsWith('$$') || isCode(state, startLine)) return false
      let last = startLine
      if (head.length < 5 || !head.endsWith('$$')) {
        // Something behind a second pair of dollars: a line of text.
        if (head.includes('$$', 2)) return false
        do last++
        while (last < endLine && isWithin(state, last) && mayLook(state) && !lineAt(state, last).endsWith('$$'))
        if (last >= endLine || !lineAt(state, last).endsWith('$$')) return false
      }
      const source = state.getLines(startLine, last + 1, state.blkIndent, false).trim()
      const latex = source.slice(2, -2).trim()
      if (latex === '' || latex.length > latexLimit || latex.includes('$$')) return false
      if (silent) return true
      const token = state.push('math_block', 'math', 0)
      token.content = latex
      token.map = [startLine, last + 1]
      state.line = last + 1
      return true
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  )
}

/** A formula in a line as Markdown; `free`: nothing beside it would be taken for a part of the same word. */
export function inlineMath(latex: string, free: boolean): string {
  const line = latex
    .replace(/\s+/g, ' ')
    .replace(/(?<!\\)((?:\\\\)*)\$/g, '$1\\$')
    .trim()
    .replace(/(?<!\\)(\\\\)*\\$/, '$1')
    .trim()
  if (line === '') return ''
  return free || line.includes('`') ? `$${line}$` : `$\`${line}\`$`
}

export function mathLines(latex: string): string[] {
  const source = latex
    .replaceAll('$$', '$ $')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
  return source === '' ? [] : ['$$', ...source.split('\n'), '$$']
}
