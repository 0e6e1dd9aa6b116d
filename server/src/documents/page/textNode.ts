import type { readBody } from '@weft/shared/editor'

/** A node of a body, as its reader gives it: the document schema's library stays in `shared`. */
export type TextNode = ReturnType<typeof readBody>
export type TextMark = TextNode['marks'][number]
