import type { MarkedText } from '@weft/shared/search'

type Marks = MarkedText['marks']

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu
const accents = /\p{Mn}/gu

/** Without case and accents, as the server's index compares. */
const fold = (text: string): string => text.normalize('NFD').replace(accents, '').toLowerCase()

interface Word {
  folded: string
  from: number
  to: number
}

const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(wordPattern), (found) => ({
    folded: fold(found[0]),
    from: found.index,
    to: found.index + found[0].length,
  }))

/** Texts that are looked through again with each key. */
export class Matcher {
  readonly #wanted: string[]

  constructor(query: string) {
    this.#wanted = wordsOf(query).map(({ folded }) => folded)
  }

  /** Where the words of the query begin words of a text, in any order; null: one of them does not. */
  marks(text: string): Marks | null {
    if (this.#wanted.length === 0) return null
    const words = wordsOf(text)
    const marks: Marks = []
    for (const wanted of this.#wanted) {
      const found = words.find(({ folded }) => folded.startsWith(wanted))
      if (found === undefined) return null
      if (!marks.some(([from]) => from === found.from)) marks.push([found.from, found.to])
    }
    return marks.sort(([a], [b]) => a - b)
  }
}

/** Those whose text has all words of the query, the ones that begin with it first; at most so many. */
export function matching<T>(query: string, items: readonly T[], textOf: (item: T) => string, most: number) {
  const matcher = new Matcher(query)
  const found = items.flatMap((item) => {
    const marks = matcher.marks(textOf(item))
    return marks === null ? [] : [{ item, marks }]
  })
  const startsWith = ({ marks }: { marks: Marks }): number => (marks[0]?.[0] === 0 ? 0 : 1)
  return found.toSorted((a, b) => startsWith(a) - startsWith(b)).slice(0, most)
}
