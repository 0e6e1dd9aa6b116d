import * as Y from 'yjs'
import { blockStart, type Token } from './tokens.ts'

type Parent = Y.XmlFragment | Y.XmlText

const idOf = (type: Parent): Y.ID | null => type._item?.id ?? null
const nameOf = (type: Parent): string | null => (type._item === null ? Y.findRootTypeKey(type) : null)

const at = (type: Parent, item: Y.ID | null, assoc: number): Y.RelativePosition =>
  new Y.RelativePosition(idOf(type), nameOf(type), item, assoc)

const firstVisible = (from: Y.Item | null): Y.Item | null => {
  let item = from
  while (item?.deleted) item = item.right
  return item
}

/** Before the given child of an element, or at its end; at the beginning of a text that is the child. */
function beforeChild(parent: Y.XmlFragment, child: Y.Item | null): Y.RelativePosition {
  if (child === null) return at(parent, null, 0)
  const type = child.content instanceof Y.ContentType ? child.content.type : null
  return type instanceof Y.XmlText ? at(type, null, -1) : at(parent, child.id, 0)
}

const behindLeaf = (parent: Y.XmlFragment, leaf: Y.Item | null): Y.RelativePosition =>
  beforeChild(parent, firstVisible(leaf?.right ?? null))

const structOf = (doc: Y.Doc, id: Y.ID): Y.Item | null => {
  const item = Y.getItem(doc.store, id)
  return item instanceof Y.Item ? item : null
}

/** Right behind a character or leaf. */
export function placeBehind(doc: Y.Doc, id: Y.ID): Y.RelativePosition | null {
  const parent = structOf(doc, id)?.parent
  if (parent instanceof Y.XmlText) return at(parent, id, -1)
  return parent instanceof Y.XmlFragment ? behindLeaf(parent, structOf(doc, id)) : null
}

/** As a position held on to a character or leaf, it holds on to the one that stands for it now. */
export function placeAt(doc: Y.Doc, id: Y.ID, assoc: number): Y.RelativePosition | null {
  const parent = structOf(doc, id)?.parent
  return parent instanceof Y.XmlFragment || parent instanceof Y.XmlText ? at(parent, id, assoc) : null
}

export const beforeElement = ({ parent, id }: Token): Y.RelativePosition => at(parent, id, 0)

/** Between two neighbours of the text as it is now, in the forms that y-tiptap makes; null where no caret can be. */
export function placeBetween(left: Token | undefined, right: Token | undefined): Y.RelativePosition | null {
  if (left !== undefined && left.element === null) return at(left.parent, left.id, -1)
  if (left?.element && left.char === blockStart) return beforeChild(left.element, firstVisible(left.element._start))
  if (left?.element && left.kind === 'inlineLeaf' && left.parent instanceof Y.XmlFragment)
    return behindLeaf(left.parent, left.element._item)
  if (right?.element && right.char === blockStart) return beforeChild(right.element, firstVisible(right.element._start))
  return left?.element && left.kind === 'untouched' ? at(left.element, null, 0) : null
}
