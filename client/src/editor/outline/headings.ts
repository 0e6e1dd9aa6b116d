import type { Node } from '@tiptap/pm/model'

export interface HeadingPlace {
  /** In front of it. */
  at: number
  text: string
  /** How far in it stands: 0 for the highest level that the text has. */
  depth: number
}

/** The headings of a text in order; empty ones are none. Levels that the text does not use make no step. */
export function headingsOf(doc: Node): HeadingPlace[] {
  const found: { at: number; text: string; level: number }[] = []
  doc.descendants((node, at) => {
    if (node.type.name === 'heading') {
      const text = node.textBetween(0, node.content.size, undefined, (leaf) => leaf.type.spec.leafText?.(leaf) ?? ' ')
      if (text.trim() !== '') found.push({ at, text: text.trim(), level: Number(node.attrs.level) })
    }
    return !node.isTextblock
  })
  const levels = [...new Set(found.map(({ level }) => level))].sort((a, b) => a - b)
  return found.map(({ level, ...heading }) => ({ ...heading, depth: levels.indexOf(level) }))
}
