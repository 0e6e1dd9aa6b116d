import type { Node, ResolvedPos } from '@tiptap/pm/model'

/** A block as people take hold of it: one of a document's, a callout's, or one item of a list. */
export interface Block {
  node: Node
  /** In front of it. */
  from: number
  to: number
  parent: Node
  /** Which of its parent's children it is. */
  index: number
}

const holders = new Set(['doc', 'callout', 'details'])
const lists = new Set(['bulletList', 'orderedList', 'taskList'])
/** Taken as they are: what they hold has no life of its own. */
const whole = new Set(['table', 'blockquote'])

export const isList = ({ type }: Node): boolean => lists.has(type.name)
export const isItem = ({ type }: Node): boolean => type.name === 'listItem' || type.name === 'taskItem'

const isBlock = (node: Node, parent: Node): boolean =>
  node.type.name !== 'detailsSummary' && (holders.has(parent.type.name) || lists.has(parent.type.name))

/** The innermost block that a position lies in, or stands right before; null in an empty document. */
export function blockAt($at: ResolvedPos): Block | null {
  let found: Block | null = null
  for (let depth = 0; depth <= $at.depth; depth++) {
    const parent = $at.node(depth)
    const index = $at.index(depth)
    const node = parent.maybeChild(index)
    if (whole.has(parent.type.name) || node === null) break
    if (!isBlock(node, parent)) continue
    const from = $at.posAtIndex(index, depth)
    found = { node, from, to: from + node.nodeSize, parent, index }
  }
  return found
}

/** The blocks next to each other that a selection touches, in the innermost parent that holds all of them. */
export function blocksBetween(
  $from: ResolvedPos,
  $to: ResolvedPos,
): { from: number; to: number; parent: Node; first: number; last: number } | null {
  for (let depth = $from.sharedDepth($to.pos); depth >= 0; depth--) {
    const parent = $from.node(depth)
    const first = $from.index(depth)
    const last = Math.max(first, $to.indexAfter(depth) - 1)
    const node = parent.maybeChild(first)
    if (node === null || !isBlock(node, parent) || isInWhole($from, depth)) continue
    return { from: $from.posAtIndex(first, depth), to: $from.posAtIndex(last + 1, depth), parent, first, last }
  }
  return null
}

function isInWhole($at: ResolvedPos, depth: number): boolean {
  for (let above = depth; above > 0; above--) if (whole.has($at.node(above).type.name)) return true
  return false
}
