import type { Node } from '@tiptap/pm/model'

export interface Counts {
  words: number
  /** As people count them: what looks like one is one; line ends are none. */
  characters: number
}

const spaceless =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}'
/** Where words are written without spaces, each sign counts. */
const word = new RegExp(
  `[${spaceless}]|(?:(?![${spaceless}])[\\p{L}\\p{M}\\p{N}])(?:(?![${spaceless}])[\\p{L}\\p{M}\\p{N}'’_-])*`,
  'gu',
)

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Most text has a unit for each character; only other text has to be cut up, which takes long. */
const simple = /^[\s\u0020-\u02ff\u2010-\u2027]*$/

function charactersIn(text: string): number {
  if (simple.test(text)) return text.length
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

/** What a stretch of a document holds. A word does not reach from one block into the next. */
export function countsBetween(doc: Node, from: number, to: number): Counts {
  const counts = { words: 0, characters: 0 }
  doc.nodesBetween(from, to, (block, at) => {
    if (!block.isTextblock) return true
    const start = Math.max(0, from - at - 1)
    const end = Math.min(block.content.size, to - at - 1)
    const text = block.textBetween(start, end, undefined, (leaf) => leaf.type.spec.leafText?.(leaf) ?? ' ')
    counts.words += text.match(word)?.length ?? 0
    counts.characters += charactersIn(text)
    return false
  })
  return counts
}
