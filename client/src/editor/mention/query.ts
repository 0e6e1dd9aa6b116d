import type { SuggestionMatch, Trigger } from '@tiptap/suggestion'

/** Names have a few parts, and people write the beginnings of them. In characters. */
const longest = 60

/** An at sign behind a letter or one of these belongs to an address, a path or a handle, and calls nobody. */
const called =
  /(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}_.+\-/&#=%@])@((?:[^\s@\ufffc][^@\ufffc\n]*)?)$/u

/**
 * The `@name` before the caret. It may hold spaces, as names do, as long as somebody is called so: in "@ben said" the
 * name has ended.
 */
export const matchName =
  (isSomebody: (query: string) => boolean) =>
  ({ $position }: Pick<Trigger, '$position'>): SuggestionMatch => {
    const { parent, parentOffset, pos } = $position
    if (!parent.isTextblock) return null
    // One character more tells what stands before the sign; what is no text is one character as in positions.
    const before = parent.textBetween(Math.max(0, parentOffset - longest - 2), parentOffset, undefined, '\ufffc')
    const query = called.exec(before)?.[1]
    if (query === undefined || query.length > longest || (/\s/u.test(query) && !isSomebody(query))) return null
    return { range: { from: pos - query.length - 1, to: pos }, query, text: `@${query}` }
  }
