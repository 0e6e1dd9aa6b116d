import type { Node } from '@tiptap/pm/model'

export interface FindOptions {
  query: string
  caseSensitive: boolean
  wholeWord: boolean
}

/** A place in the text, by positions of the document. */
export interface Hit {
  from: number
  to: number
}

/** Nobody goes through more, and each is drawn. */
export const mostHits = 5_000

/** Longer queries are pasted by mistake. In characters. */
const longestQuery = 500

const letter = '[\\p{L}\\p{M}\\p{N}_]'

/** What a query finds, as a pattern for the text of one block; null if it finds nothing ever. */
export function patternOf({ query, caseSensitive, wholeWord }: FindOptions): RegExp | null {
  if (query === '' || query.length > longestQuery) return null
  const plain = query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  // A space that one types finds one that does not break, too.
  const source = plain.replace(/[ \u00a0]/g, '[ \\u00a0]')
  const whole = wholeWord ? `(?<!${letter})${source}(?!${letter})` : source
  return new RegExp(whole, caseSensitive ? 'gu' : 'giu')
}

/** What the pattern finds in the text of one block; `at` is in front of the block. */
function hitsIn(block: Node, at: number, pattern: RegExp): Hit[] {
  // What is no text is one character, as in positions.
  const text = block.textBetween(0, block.content.size, undefined, '\ufffc')
  const hits: Hit[] = []
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (found !== '') hits.push({ from: at + 1 + index, to: at + 1 + index + found.length })
  }
  return hits
}

/** The blocks of text that touch a stretch of the document. */
export function textblocksBetween(doc: Node, from: number, to: number): { block: Node; at: number }[] {
  const blocks: { block: Node; at: number }[] = []
  doc.nodesBetween(Math.max(0, from - 1), Math.min(doc.content.size, to + 1), (block, at) => {
    if (!block.isTextblock) return true
    blocks.push({ block, at })
    return false
  })
  return blocks
}

/** What the pattern finds in these blocks, at most `mostHits`. */
export function hitsWithin(blocks: readonly { block: Node; at: number }[], pattern: RegExp): Hit[] {
  const hits: Hit[] = []
  for (const { block, at } of blocks) {
    if (hits.length >= mostHits) break
    hits.push(...hitsIn(block, at, pattern))
  }
  return hits.slice(0, mostHits)
}
