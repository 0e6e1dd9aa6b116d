import { mayEdit } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import type { Place, TreeLine } from './tree.ts'

/** Where a dragged document would come to stand if it was let go now. */
export interface Drop {
  place: Place
  /** A document that it would stand below; null: between two lines. */
  into: DocumentId | null
  /** Between lines: below how many of them, and how deep. */
  gap: number
  depth: number
}

/** The upper and the lower part of a line stand for the gap there, the rest for the document itself. */
const edge = 0.28

/**
 * What the pointer shows at. `y`: in lines from the top of the tree; `depth`: how far to the right it is, in steps of
 * indentation, which decides between the ends of several branches that end in one gap. Null: nothing would change there,
 * or one may not put anything there.
 */
export function dropAt(lines: readonly TreeLine[], dragged: DocumentId, y: number, depth: number): Drop | null {
  const found = lines.findIndex(({ node }) => node.document.id === dragged)
  const moved = lines[found]
  if (moved === undefined) return null
  const index = Math.max(0, Math.min(lines.length - 1, Math.floor(y)))
  const over = lines[index]
  const part = y - index
  if (over !== undefined && part >= edge && part <= 1 - edge && mayEdit(over.node.document.role)) {
    return into(lines, moved, over, index)
  }
  return between(lines, moved, part < 0.5 ? index : index + 1, depth)
}

/** Whether a line is the moved one, or stands below it. */
function isWithin(lines: readonly TreeLine[], line: TreeLine, moved: TreeLine): boolean {
  const byId = new Map(lines.map((one) => [one.node.document.id, one]))
  for (let next: TreeLine | undefined = line; next !== undefined; ) {
    if (next === moved) return true
    next = next.parentId === null ? undefined : byId.get(next.parentId)
  }
  return false
}

function into(lines: readonly TreeLine[], moved: TreeLine, over: TreeLine, index: number): Drop | null {
  const parentId = over.node.document.id
  if (isWithin(lines, over, moved)) return null
  const isLast = moved.parentId === parentId && moved.at === moved.of - 1
  return isLast ? null : { place: { parentId }, into: parentId, gap: index + 1, depth: over.depth + 1 }
}

function between(lines: readonly TreeLine[], moved: TreeLine, gap: number, wanted: number): Drop | null {
  const [above, below] = [lines[gap - 1], lines[gap]]
  // Below an open branch there is no other gap than the one before its first.
  const opens = above !== undefined && below !== undefined && below.depth > above.depth
  const most = above === undefined ? 0 : opens ? above.depth + 1 : above.depth
  const depth = Math.max(below?.depth ?? 0, Math.min(most, wanted))
  const behind = above === undefined ? undefined : ancestorAt(lines, gap - 1, depth)
  const place: Place = {
    parentId: behind === undefined ? (opens ? above.node.document.id : null) : behind.parentId,
    afterId: behind?.node.document.id ?? null,
  }
  const parent = lines.find(({ node }) => node.document.id === place.parentId)
  if (parent !== undefined && (isWithin(lines, parent, moved) || !mayEdit(parent.node.document.role))) return null
  const before = siblingBefore(lines, moved)
  const stays =
    moved.parentId === place.parentId && (place.afterId === moved.node.document.id || place.afterId === before)
  return stays ? null : { place, into: null, gap, depth }
}

/** The line at `index`, or what it stands below, at a depth; undefined: the gap is before the first in its branch. */
function ancestorAt(lines: readonly TreeLine[], index: number, depth: number): TreeLine | undefined {
  for (let at = index; at >= 0; at--) {
    const line = lines[at]
    if (line === undefined || line.depth < depth) return undefined
    if (line.depth === depth) return line
  }
  return undefined
}

const siblingBefore = (lines: readonly TreeLine[], moved: TreeLine): DocumentId | null =>
  lines.find(({ parentId, at }) => parentId === moved.parentId && at === moved.at - 1)?.node.document.id ?? null
