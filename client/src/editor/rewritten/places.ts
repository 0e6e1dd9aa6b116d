import * as Y from 'yjs'
import { blockStart, inlineLeaf, type Token, untouched } from './tokens.ts'

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

export const beforeElement = ({ parent, id }: Token): Y.RelativePosition => at(parent, id, 0)

/** Between two neighbours of the text as it is now, in the forms that y-tiptap makes; null where no caret can be. */
export function placeBetween(left: Token | undefined, right: Token | undefined): Y.RelativePosition | null {
  if (left !== undefined && left.element === null) return at(left.parent, left.id, -1)
  if (left?.element && left.char === blockStart) return beforeChild(left.element, firstVisible(left.element._start))
  if (left?.element && left.char === inlineLeaf && left.parent instanceof Y.XmlFragment)
    return beforeChild(left.parent, firstVisible(left.element._item?.right ?? null))
  if (right?.element && right.char === blockStart) return beforeChild(right.element, firstVisible(right.element._start))
  return left?.element && left.char === untouched ? at(left.element, null, 0) : null
}
