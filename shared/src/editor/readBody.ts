import { type Attrs, Fragment, type Mark, Mark as MarkClass, type Node, type NodeType } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { fields, textWithin } from '../text/index.ts'
import { validAttributes } from './attributes.ts'
import { bodySchema } from './extensions.ts'

/**
 * How deep blocks are followed; below it only their text is kept. Nobody nests lists fifty deep (a list is two levels),
 * and recursion to this depth is safe everywhere.
 */
export const nestingLimit = 100

const { nodes, marks } = bodySchema
const hashSuffix = /--[a-zA-Z0-9+/=]{8}$/

function marksOf(attributes: Record<string, unknown> | undefined): readonly Mark[] {
  let set: readonly Mark[] = MarkClass.none
  for (const [name, value] of Object.entries(attributes ?? {})) {
    const type = marks[name.replace(hashSuffix, '')]
    if (type === undefined || value === null || value === false) continue
    const attrs = validAttributes(type.name, typeof value === 'object' ? { ...value } : {})
    if (type.name === 'link' && attrs.href === null) continue
    set = type.create(attrs as Attrs).addToSet(set)
  }
  return set
}

function textNodes(text: Y.XmlText | Y.Text): Node[] {
  const read: Node[] = []
  for (const part of text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[]) {
    if (typeof part.insert === 'string' && part.insert !== '')
      read.push(bodySchema.text(part.insert, marksOf(part.attributes)))
  }
  return read
}

/** The child type that a structural parent insists on; everything else is taken out of what surrounds it. */
function accepts(parent: NodeType, child: NodeType): boolean {
  if (parent === nodes.bulletList || parent === nodes.orderedList) return child === nodes.listItem
  if (parent === nodes.taskList) return child === nodes.taskItem
  if (parent === nodes.table) return child === nodes.tableRow
  if (parent === nodes.tableRow) return child === nodes.tableCell || child === nodes.tableHeader
  return child.isInGroup('block') || (parent === nodes.details && child === nodes.detailsSummary)
}

const itemOf = (parent: NodeType): NodeType | undefined =>
  ({ bulletList: nodes.listItem, orderedList: nodes.listItem, taskList: nodes.taskItem, tableRow: nodes.tableCell })[
    parent.name
  ]

/** What stands in a container, mended: runs of text become paragraphs, strays are wrapped or unwrapped. */
function childrenFor(parent: NodeType, content: readonly Node[]): Node[] {
  const fitted: Node[] = []
  let run: Node[] = []
  const add = (node: Node): void => {
    if (accepts(parent, node.type)) fitted.push(node)
    else if (!node.type.isInGroup('block'))
      for (const child of childrenFor(nodes.doc as NodeType, node.children)) add(child)
    else {
      const wrapped = itemOf(parent)?.createAndFill(null, node)
      if (wrapped) fitted.push(wrapped)
      else if (parent === nodes.table)
        add((nodes.tableRow as NodeType).create(null, nodes.tableCell?.createAndFill(null, node)))
    }
  }
  const endRun = (): void => {
    if (run.length > 0) add((nodes.paragraph as NodeType).create(null, run))
    run = []
  }
  for (const node of content) {
    if (node.isInline) run.push(node)
    else {
      endRun()
      add(node)
    }
  }
  endRun()
  return fitted
}

/** What stands for a leaf in a block that can hold only text. */
const leafText = (node: Node): string => node.type.spec.leafText?.(node) ?? ''

function textblock(type: NodeType, attrs: Attrs, content: readonly Node[]): Node[] {
  const inside: Node[] = []
  const after: Node[] = []
  for (const node of content) {
    if (!node.isInline) after.push(node)
    else if (type !== nodes.codeBlock) inside.push(node)
    else inside.push(bodySchema.text(node.text ?? (leafText(node) || '\n')))
  }
  return [type.create(attrs, Fragment.fromArray(inside)), ...after]
}

function fit(type: NodeType, attrs: Attrs, content: readonly Node[]): Node[] {
  if (type.isLeaf) return [type.create(attrs), ...content]
  if (type.inlineContent) return textblock(type, attrs, content)
  const children = childrenFor(type, content)
  if (children.length === 0 && type !== nodes.tableCell && type !== nodes.tableHeader) return []
  const node = type.createAndFill(attrs, children)
  return node === null ? children : [node]
}

function read(item: unknown, depth: number): Node[] {
  if (item instanceof Y.XmlText || item instanceof Y.Text) return textNodes(item)
  if (!(item instanceof Y.XmlElement)) return []
  if (depth >= nestingLimit) {
    const text = textWithin(item)
    return text === '' ? [] : [bodySchema.text(text)]
  }
  const content = (item.toArray() as unknown[]).flatMap((child) => read(child, depth + 1))
  const type = nodes[item.nodeName]
  if (type === undefined || type === nodes.doc || type === nodes.text) return content
  return fit(type, validAttributes(type.name, item.getAttributes()) as Attrs, content)
}

/**
 * The body as a node that keeps the schema, whatever was written into Yjs: unknown nodes are replaced by what they
 * hold, what does not fit is wrapped or lifted, and below `nestingLimit` only text is kept. Never throws, changes nothing.
 */
export function readBody(doc: Y.Doc): Node {
  const type = nodes.doc as NodeType
  const content = (doc.getXmlFragment(fields.body).toArray() as unknown[]).flatMap((child) => read(child, 0))
  return type.createAndFill(null, childrenFor(type, content)) ?? (type.createAndFill() as Node)
}
