import { bodySchema, knownAttributes, nestingLimit, titleSchema } from '@weft/shared/editor'
import { fields } from '@weft/shared/text'
import * as Y from 'yjs'

const schemas = { title: titleSchema, body: bodySchema }
const hashSuffix = /--[a-zA-Z0-9+/=]{8}$/

/** Whether these may stand in a node of this name, which may hold less than the schema asks for (see tolerance.ts). */
function fits(parent: string, children: readonly unknown[], field: 'title' | 'body'): boolean {
  const { nodes } = schemas[field]
  let match = nodes[parent]?.contentMatch ?? null
  for (const child of children) {
    if (child instanceof Y.XmlText && child.length === 0) continue
    const type = child instanceof Y.XmlElement ? nodes[child.nodeName] : nodes.text
    match = (type && match?.matchType(type)) ?? null
  }
  return match !== null
}

function knownText(text: Y.XmlText, field: 'title' | 'body'): boolean {
  const { parent } = text
  const around = parent instanceof Y.XmlElement ? schemas[field].nodes[parent.nodeName] : undefined
  return (text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[]).every(
    ({ insert, attributes }) =>
      typeof insert === 'string' &&
      Object.entries(attributes ?? {}).every(([name, value]) => {
        const mark = name.replace(hashSuffix, '')
        const type = bodySchema.marks[mark]
        const allowed = type !== undefined && around?.allowsMarkType(type) !== false
        return field === 'body' && allowed && typeof value === 'object' && knownAttributes(mark, { ...value })
      }),
  )
}

/** Whether all below `root` is of this version's schema, without recursion. `depth` is the root's own. */
function known(root: unknown, field: 'title' | 'body', depth: number): boolean {
  const stack: [item: unknown, depth: number][] = [[root, depth]]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [item, level] = next
    if (level > nestingLimit) return false
    if (item instanceof Y.XmlText) {
      if (!knownText(item, field)) return false
    } else if (item instanceof Y.XmlElement) {
      if (!Object.hasOwn(schemas[field].nodes, item.nodeName) || !fits(item.nodeName, item.toArray(), field))
        return false
      if (!knownAttributes(item.nodeName, item.getAttributes())) return false
      for (const child of item.toArray()) stack.push([child, level + 1])
    } else return false
  }
  return true
}

function depthOf(type: Y.AbstractType<unknown>): number {
  let depth = 0
  for (
    let item = type._item;
    item !== null && depth <= nestingLimit;
    item = (item.parent as Y.AbstractType<unknown>)._item
  )
    depth++
  return depth
}

/** Whether an editor of this version can show the whole document; y-tiptap would delete the rest. */
export function isKnown(doc: Y.Doc): boolean {
  return (['title', 'body'] as const).every((field) => {
    const children = doc.getXmlFragment(fields[field]).toArray() as unknown[]
    return fits('doc', children, field) && children.every((child) => known(child, field, 1))
  })
}

function fieldOf(doc: Y.Doc, type: Y.AbstractType<unknown>): 'title' | 'body' | null {
  let top = type
  for (let steps = 0; top._item !== null; steps++) {
    if (steps > 100_000) return 'body'
    top = top._item.parent as Y.AbstractType<unknown>
  }
  if (top === (doc.getXmlFragment(fields.title) as unknown)) return 'title'
  return top === (doc.getXmlFragment(fields.body) as unknown) ? 'body' : null
}

/** The children of a changed type that a transaction has brought. */
function arrivals(type: Y.AbstractType<unknown>, transaction: Y.Transaction): unknown[] {
  const found: unknown[] = []
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted || item.id.clock < (transaction.beforeState.get(item.id.client) ?? 0)) continue
    found.push(...item.content.getContent())
  }
  return found
}

/**
 * Calls `found` when another person's change brings what this version does not know, before any observer (and so
 * y-tiptap, which would delete it) has seen the change. Returns the way to stop.
 */
export function watchUnknown(doc: Y.Doc, found: () => void): () => void {
  const look = (transaction: Y.Transaction): void => {
    if (transaction.local) return
    for (const [type, keys] of transaction.changed as Map<Y.AbstractType<unknown>, Set<string | null>>) {
      const field = fieldOf(doc, type)
      if (field === null) continue
      const depth = depthOf(type)
      const fine =
        type instanceof Y.XmlText
          ? knownText(type as Y.XmlText, field)
          : type instanceof Y.XmlFragment &&
            fits(type instanceof Y.XmlElement ? type.nodeName : 'doc', type.toArray(), field) &&
            (!(type instanceof Y.XmlElement) ||
              keys.size === 0 ||
              knownAttributes(type.nodeName, type.getAttributes())) &&
            arrivals(type as Y.AbstractType<unknown>, transaction).every((child) => known(child, field, depth + 1))
      if (!fine) {
        found()
        return
      }
    }
  }
  doc.on('beforeObserverCalls', look)
  return () => doc.off('beforeObserverCalls', look)
}
