export interface Emoji {
  /** The characters themselves, which are all that goes into the text. */
  unicode: string
  /** Its name in the reader's language. */
  label: string
  /** What it is called between colons. */
  shortcodes: readonly string[]
  tags: readonly string[]
}

/** In an order of their own, as the data set gives them: what is used most is not known. */
const mostShown = 12

const flat = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase()
    .replace(/[\s_-]+/g, ' ')

interface Entry {
  emoji: Emoji
  names: readonly string[]
  words: readonly string[]
}

/** Finds emoji by their names and by what they are about. */
export class EmojiIndex {
  readonly #entries: readonly Entry[]
  readonly #byCode = new Map<string, Emoji>()

  constructor(all: readonly Emoji[]) {
    this.#entries = all.map((emoji) => {
      for (const code of emoji.shortcodes) this.#byCode.set(code, emoji)
      const names = [flat(emoji.label), ...emoji.shortcodes.map(flat)]
      return { emoji, names, words: [...names.flatMap((name) => name.split(' ')), ...emoji.tags.map(flat)] }
    })
  }

  /** What is called just so. */
  named(code: string): Emoji | null {
    return this.#byCode.get(code) ?? null
  }

  /** What a beginning of a name finds first, then what is about it. */
  find(query: string): Emoji[] {
    const wanted = flat(query)
    const rank = ({ names, words }: Entry): number => {
      if (names.includes(wanted)) return 0
      if (names.some((name) => name.startsWith(wanted))) return 1
      return words.some((word) => word.startsWith(wanted)) ? 2 : 3
    }
    return this.#entries
      .map((entry) => ({ entry, rank: rank(entry) }))
      .filter((found) => found.rank < 3)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, mostShown)
      .map(({ entry }) => entry.emoji)
  }
}
