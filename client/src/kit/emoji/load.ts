import { type Emoji, EmojiIndex } from './EmojiIndex.ts'

interface Compact {
  hexcode: string
  unicode: string
  label: string
  tags?: string[]
  group?: number
}

/** Parts of other emoji, and letters of flags, which mean nothing by themselves. */
const components = 2

const loaded = new Map<string, Promise<EmojiIndex>>()

/** The emoji with their names in a language, and GitHub's short names for all: read once in a page. */
export function loadEmoji(language: string): Promise<EmojiIndex> {
  const known = loaded.get(language)
  if (known !== undefined) return known
  const loading = read(language)
  loaded.set(language, loading)
  // Without a network now, perhaps with one later.
  loading.catch(() => loaded.delete(language))
  return loading
}

async function read(language: string): Promise<EmojiIndex> {
  const [{ default: all }, { default: codes }] = await Promise.all([
    language === 'de' ? import('emojibase-data/de/compact.json') : import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/github.json'),
  ])
  const codesOf = codes as Readonly<Record<string, string | string[]>>
  const shown = (all as Compact[]).filter(({ group }) => group !== undefined && group !== components)
  return new EmojiIndex(
    shown.map(
      ({ hexcode, unicode, label, tags = [] }): Emoji => ({
        unicode,
        label,
        tags,
        shortcodes: [codesOf[hexcode] ?? []].flat(),
      }),
    ),
  )
}
