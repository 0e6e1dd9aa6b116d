import type { CalloutKind } from '@weft/shared/editor'

/** Words of a page that stand around a text: whoever shows it says them in the reader's language. */
export type PageWord = CalloutKind | 'done' | 'open' | 'details' | 'table' | 'code' | 'formula'

/** A part of a page: HTML, a word, or a picture by its path below the page's own address. */
export type PagePart = string | { word: PageWord } | { picture: string }

/** A text as a page shows it that nobody writes in. */
export interface TextPage {
  title: string
  parts: readonly PagePart[]
  /** The beginning of its words, for those who pass its address on. */
  start: string
  /** The stored pictures that it shows, in order. */
  fileIds: readonly string[]
  /** Pictures from elsewhere that it shows: by what stands behind `elsewhere/` in the page, their addresses. */
  elsewhere: ReadonlyMap<string, string>
}
