import type MarkdownIt from 'markdown-it'

/** What a rule for blocks is given; the package's own name for it is of another of its two declarations. */
type StateBlock = Parameters<Parameters<MarkdownIt['block']['ruler']['before']>[2]>[0]

/** In lines looked at for one text: hostile ones open blocks without end, and each would be looked for to its last line. */
const lookLimit = 500_000

const opening = /^<details(?:\s[^<>]*)?>/i
const alone = /^<details(?:\s[^<>]*)?>\s*(?:<summary>(.*)<\/summary>)?$/i
const summaryLine = /^<summary>(.*)<\/summary>$/i
const closing = /^<\/details>$/i
const fence = /^(`{3,}|~{3,})/

export const lineAt = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd()

/** Whether a line is still of the block that begins there: within its list or quote, and not a line of code. */
export const isWithin = (state: StateBlock, line: number): boolean =>
  lineAt(state, line) === '' || (state.sCount[line] ?? 0) >= state.blkIndent

export const isCode = (state: StateBlock, line: number): boolean => (state.sCount[line] ?? 0) - state.blkIndent >= 4

/** Counts lines that are looked at; false when a text has used up what it may. */
export function mayLook(state: StateBlock): boolean {
  const env = state.env as { looked?: number }
  env.looked = (env.looked ?? 0) + 1
  return env.looked < lookLimit
}

/** The line that closes details whose first line is before `start`; null if none does. */
function closingLine(state: StateBlock, start: number, end: number): number | null {
  let depth = 1
  let fenced: string | null = null
  for (let line = start; line < end && isWithin(state, line) && mayLook(state); line++) {
    const text = lineAt(state, line)
    const [ticks] = fence.exec(text) ?? []
    if (ticks !== undefined && (fenced === null || (text === ticks && ticks.startsWith(fenced))))
      fenced = fenced === null ? ticks : null
    if (fenced !== null) continue
    if (opening.test(text)) depth++
    else if (closing.test(text)) depth--
    if (depth === 0) return line
  }
  return null
}

/** Reads `<details>` with a `<summary>`, each on lines of its own, as GitHub takes it; other HTML stays text. */
export function detailsBlocks(md: MarkdownIt): void {
  md.block.ruler.before(
    'fence',
    'weft_details',
    (state, startLine, endLine, silent) => {
      const found = isCode(state, startLine) ? null : alone.exec(lineAt(state, startLine))
      if (found === null) return false
      let first = startLine + 1
      let summary = found[1]
      if (summary === undefined) {
        while (first < endLine && lineAt(state, first) === '' && mayLook(state)) first++
        summary = first < endLine ? summaryLine.exec(lineAt(state, first))?.[1] : undefined
        first++
      }
      if (summary === undefined) return false
      const last = closingLine(state, first, endLine)
      if (last === null) return false
      if (silent) return true

      state.push('details_open', 'details', 1).map = [startLine, last + 1]
      state.push('summary_open', 'summary', 1)
      const inline = state.push('inline', '', 0)
      inline.content = summary.trim()
      inline.map = [startLine, first]
      inline.children = []
      state.push('summary_close', 'summary', -1)
      const { lineMax, parentType } = state
      state.lineMax = last
      state.parentType = 'root'
      state.md.block.tokenize(state, first, last)
      state.lineMax = lineMax
      state.parentType = parentType
      state.push('details_close', 'details', -1)
      state.line = last + 1
      return true
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  )
}
