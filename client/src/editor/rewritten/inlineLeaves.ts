import type { Schema } from '@tiptap/pm/model'
import * as Y from 'yjs'

/** Whether a type is a leaf in a line of text: a mention, a break. */
export function isInlineLeaf(type: unknown, schema: Schema): type is Y.XmlElement {
  const node = type instanceof Y.XmlElement ? schema.nodes[type.nodeName] : undefined
  return node?.isInline === true && node.isLeaf
}

/** The attributes of an element, of one too that this transaction has deleted. */
export function attributesOf(element: Y.XmlElement): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, { content, length, deleted }] of element._map) {
    // Deleted with its element, or taken from it before.
    if (deleted && element._item?.deleted !== true) continue
    const value: unknown = content.getContent()[length - 1]
    if (value !== undefined) found.set(name, value as string)
  }
  return found
}

/** The same leaf once more: yet another object for Yjs. */
export function copyOf(element: Y.XmlElement): Y.XmlElement {
  const copy = new Y.XmlElement(element.nodeName)
  for (const [name, value] of attributesOf(element)) copy.setAttribute(name, value)
  return copy
}
