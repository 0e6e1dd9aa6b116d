import type { TextTerm } from '../storage/index.ts'

/** More words make nothing clearer, and each costs a walk through the index. */
const mostTerms = 10
/** In characters: no word is longer that anybody wrote. */
const longestTerm = 100

/** What keyboards and languages make of a quote. */
const quotes = /["“”„‟«»]/g
const isWord = /[\p{L}\p{N}]/u

/**
 * What is to be found: each word, and what stands in quotes as a phrase. The last word, or the last of a phrase whose
 * quote is still open, may be the beginning of one. Whatever is typed means something or nothing; none of it is an error.
 */
export function termsOf(query: string): TextTerm[] {
  const pieces = query.replace(quotes, '"').split('"')
  const terms: TextTerm[] = []
  for (const [at, piece] of pieces.entries()) {
    // Between the first and the second quote, the third and the fourth.
    const inQuotes = at % 2 === 1
    const isLast = at === pieces.length - 1
    const words = inQuotes ? [piece.trim()] : piece.split(/\s+/)
    for (const [place, text] of words.entries()) {
      const open = isLast && place === words.length - 1 && !/\s$/.test(piece)
      if (isWord.test(text)) terms.push({ text: text.slice(0, longestTerm), open })
    }
  }
  return terms.slice(0, mostTerms)
}
