import type { NodeType, Schema } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { attributesOf } from './inlineLeaves.ts'

/**
 * What one transaction did to a piece of text. What its author did not know, as one had done it before: `replaced` was
 * taken away; `again` stands for the same that went, and may have gone for them now.
 */
export type Fate = 'kept' | 'gone' | 'added' | 'replaced' | 'again'

/** One character, the beginning of a text block, an element that holds no text, or a block that nobody touched. */
export interface Token {
  /** What it is told apart by: a character, or what stands for it. */
  char: string
  kind: 'char' | 'inlineLeaf' | 'blockStart' | 'blockLeaf' | 'untouched'
  fate: Fate
  id: Y.ID
  /** What it is a child of. */
  parent: Y.XmlFragment | Y.XmlText
  /** Of elements, the element; of characters null. */
  element: Y.XmlElement | null
}

/** Stand for what has no character of its own; only a line in a block of code is one too. */
export const blockStart = '\n'
const inlineLeaf = '\ufffc'
const blockLeaf = '\ufffb'
const untouched = '\0'

/** A field's text before and after a transaction as one sequence: what has gone still has its place in the tree. */
export interface Tokens {
  all: readonly Token[]
  /** The number of tokens before a type, up to its content, and up to its end. */
  before: ReadonlyMap<unknown, number>
  starts: ReadonlyMap<unknown, number>
  ends: ReadonlyMap<unknown, number>
}

/** What stands in a line of text. */
export const isInline = ({ kind }: Token): boolean => kind === 'char' || kind === 'inlineLeaf'

/** The block of text that an inline token stands in. */
export const blockOf = ({ parent }: Token): unknown => (parent instanceof Y.XmlText ? parent.parent : parent)

/** The children of the field with something in them that the transaction has changed. */
function touchedChildren(field: Y.XmlFragment, transaction: Y.Transaction): Set<unknown> {
  const touched = new Set<unknown>()
  for (const type of transaction.changed.keys()) {
    let at: unknown = type
    while (at instanceof Y.AbstractType && at._item !== null && at._item.parent !== field) at = at._item.parent
    touched.add(at)
  }
  return touched
}

function fateOf(item: Y.Item, transaction: Y.Transaction): Fate | null {
  if (item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)) return item.deleted ? null : 'added'
  if (!item.deleted) return 'kept'
  return Y.isDeleted(transaction.deleteSet, item.id) ? 'gone' : null
}

/** Leaves of other kinds, or about others, are other characters. */
const leafChar = (element: Y.XmlElement): string =>
  inlineLeaf + element.nodeName + JSON.stringify([...attributesOf(element)].sort())

function asToken(element: Y.XmlElement, type: NodeType | undefined): Pick<Token, 'char' | 'kind'> | null {
  if (type?.isLeaf)
    return type.isInline ? { char: leafChar(element), kind: 'inlineLeaf' } : { char: blockLeaf, kind: 'blockLeaf' }
  return type?.isTextblock ? { char: blockStart, kind: 'blockStart' } : null
}

/**
 * Reads a transaction that has been applied and not yet cleaned up: afterwards the text that has gone is thrown away.
 * Costs what the touched top-level blocks hold.
 */
export function tokensOf(field: Y.XmlFragment, transaction: Y.Transaction, schema: Schema): Tokens {
  const all: Token[] = []
  const before = new Map<unknown, number>()
  const starts = new Map<unknown, number>()
  const ends = new Map<unknown, number>()
  const touched = touchedChildren(field, transaction)

  const readElement = (element: Y.XmlElement, parent: Y.XmlFragment, fate: Fate, id: Y.ID): void => {
    before.set(element, all.length)
    const isUntouched = parent === field && fate === 'kept' && !touched.has(element)
    const token = isUntouched
      ? { char: untouched, kind: 'untouched' as const }
      : asToken(element, schema.nodes[element.nodeName])
    if (token !== null) all.push({ ...token, fate, id, parent, element })
    starts.set(element, all.length)
    if (!isUntouched) readChildren(element)
    ends.set(element, all.length)
  }
  const readText = (text: Y.XmlText): void => {
    starts.set(text, all.length)
    for (let item = text._start; item !== null; item = item.right) {
      const fate = item.content instanceof Y.ContentString ? fateOf(item, transaction) : null
      if (fate === null || !(item.content instanceof Y.ContentString)) continue
      const { str } = item.content
      for (let i = 0; i < str.length; i++) {
        const id = Y.createID(item.id.client, item.id.clock + i)
        all.push({ char: str.charAt(i), kind: 'char', fate, id, parent: text, element: null })
      }
    }
    ends.set(text, all.length)
  }
  const readChildren = (parent: Y.XmlFragment): void => {
    for (let item = parent._start; item !== null; item = item.right) {
      const fate = fateOf(item, transaction)
      if (fate === null || !(item.content instanceof Y.ContentType)) continue
      const { type } = item.content
      if (type instanceof Y.XmlText) readText(type)
      else if (type instanceof Y.XmlElement) readElement(type, parent, fate, item.id)
    }
  }
  readChildren(field)
  return { all, before, starts, ends }
}
