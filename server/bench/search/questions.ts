import type { Library } from './data.ts'

/** What somebody types; the words differ from one to the next. */
export type Question = (library: Library, random: () => number) => Record<string, string>

/** A word of those between two places in the order of their frequency. */
const word = ({ vocabulary }: Library, random: () => number, from: number, to: number): string =>
  vocabulary[Math.floor(from + (Math.min(to, vocabulary.length) - from) * random())] ?? ''

export const questions: Readonly<Record<string, Question>> = {
  'a rare word': (library, random) => ({ query: `${word(library, random, 5_000, 20_000)} ` }),
  'a frequent word': (library, random) => ({ query: `${word(library, random, 20, 200)} ` }),
  'a word of nearly every document': (library, random) => ({ query: `${word(library, random, 0, 5)} ` }),
  'three words': (library, random) => ({
    query: `${word(library, random, 0, 50)} ${word(library, random, 50, 500)} ${word(library, random, 500, 2_000)} `,
  }),
  'three words of nearly every document': (library, random) => ({
    query: `${word(library, random, 0, 5)} ${word(library, random, 5, 10)} ${word(library, random, 10, 15)} `,
  }),
  'as one types: one letter': (library, random) => ({ query: word(library, random, 0, 2_000).slice(0, 1) }),
  'as one types: two letters': (library, random) => ({ query: word(library, random, 0, 2_000).slice(0, 2) }),
  'as one types: four letters': (library, random) => ({ query: word(library, random, 0, 2_000).slice(0, 4) }),
  'a word and two letters': (library, random) => ({
    query: `${word(library, random, 50, 500)} ${word(library, random, 0, 2_000).slice(0, 2)}`,
  }),
  'a phrase': (library, random) => ({
    query: `"${word(library, random, 0, 20)} ${word(library, random, 0, 20)}"`,
  }),
  'below a document': (library, random) => ({
    query: `${word(library, random, 20, 200)} `,
    below: library.documents[Math.floor(200 + 700 * random())] ?? '',
  }),
  nothing: () => ({ query: 'xylophone' }),
}
