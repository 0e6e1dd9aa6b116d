import { Fragment, type Node, type ResolvedPos } from '@tiptap/pm/model'
import { type EditorState, NodeSelection, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import { type Block, blocksBetween, isItem, isList } from './block.ts'

/**
 * Moves the blocks of the selection by one, and the selection with it. It is the neighbour that is written anew, on the
 * other side: what others type in the moved blocks meanwhile stays in them. Null at the edge of their list or callout.
 */
export function moveBy(state: EditorState, direction: -1 | 1): Transaction | null {
  const { selection, tr } = state
  const blocks = blocksBetween(selection.$from, selection.$to)
  if (blocks === null) return null
  const { from, to, parent, first, last } = blocks
  const neighbour = parent.maybeChild(direction < 0 ? first - 1 : last + 1)
  if (!neighbour || neighbour.type.name === 'detailsSummary') return null
  if (direction < 0) tr.delete(from - neighbour.nodeSize, from).insert(to - neighbour.nodeSize, neighbour)
  else tr.delete(to, to + neighbour.nodeSize).insert(from, neighbour)
  const shift = direction * neighbour.nodeSize
  return tr.setSelection(shifted(selection, tr, shift)).scrollIntoView()
}

function shifted(selection: Selection, { doc }: Transaction, shift: number): Selection {
  if (selection instanceof NodeSelection) return NodeSelection.create(doc, selection.from + shift)
  return TextSelection.between(doc.resolve(selection.anchor + shift), doc.resolve(selection.head + shift))
}

/** What a block becomes where it is put: an item among other items, a list of its own elsewhere. */
function fitting({ node, parent }: Block, within: Node, index: number): Node | null {
  const item = isItem(node)
  const other = isList(within) ? within.type.contentMatch.defaultType : null
  const content = item ? node.content : Fragment.from(node)
  const candidates = [
    node,
    ...(other?.validContent(content) ? [other.create(null, content)] : []),
    ...(item ? [parent.copy(Fragment.from(node))] : []),
  ]
  return candidates.find(({ type }) => within.canReplaceWith(index, index, type)) ?? null
}

/** Puts a block between others; null where its kind may not stand, or it stands already. */
export function moveTo(state: EditorState, block: Block, target: number): Transaction | null {
  const { tr, doc } = state
  const $from = doc.resolve(block.from)
  // A list without items goes with its last one.
  const emptied = block.parent.childCount === 1 && $from.depth > 0
  const [from, to] = emptied ? [$from.before(), $from.after()] : [block.from, block.to]
  if (target >= from && target <= to) return null
  tr.delete(from, to)
  const $at = tr.doc.resolve(tr.mapping.map(target))
  const put = $at.parent.type.name === 'details' && $at.index() === 0 ? null : fitting(block, $at.parent, $at.index())
  if (put === null) return null
  tr.insert($at.pos, put)
  return tr.setSelection(Selection.near(tr.doc.resolve($at.pos + 1)))
}

/** The same block once more below it, with the caret in it. */
export function duplicate({ tr }: EditorState, { node, to }: Block): Transaction {
  tr.insert(to, node)
  return tr.setSelection(Selection.near(tr.doc.resolve(to + 1))).scrollIntoView()
}

/** Takes a block away; the last one of a list or callout takes that with it, and a document keeps a paragraph. */
export function remove(state: EditorState, { from, to, parent }: Block): Transaction {
  const { tr, doc, schema } = state
  const $from = doc.resolve(from)
  if (parent.childCount > 1) tr.delete(from, to)
  else if ($from.depth > 0) return remove(state, outer($from))
  else if (schema.nodes.paragraph) tr.replaceWith(from, to, schema.nodes.paragraph.create())
  return tr.setSelection(Selection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)), 1))
}

function outer($from: ResolvedPos): Block {
  const { depth } = $from
  return {
    node: $from.parent,
    from: $from.before(),
    to: $from.after(),
    parent: $from.node(depth - 1),
    index: $from.index(depth - 1),
  }
}
