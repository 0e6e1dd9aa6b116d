import type { Schema } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { attributesOf, copyOf } from './inlineLeaves.ts'

/** Yjs remembers places in a text, and forgets those that others' changes have moved only after this. */
export function forgetPlaces(text: Y.XmlText): void {
  if (text._searchMarker) text._searchMarker.length = 0
}

function idsIn(text: Y.XmlText): Y.ID[] {
  const ids: Y.ID[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    for (let i = 0; i < item.length; i++) ids.push(Y.createID(item.id.client, item.id.clock + i))
  }
  return ids
}

/** A leaf as it reads in a line that can hold none, such as one of code; null: it can. */
function asText(leaf: Y.XmlElement, line: Y.XmlFragment, { nodes }: Schema): string | null {
  const type = nodes[leaf.nodeName]
  const match = line instanceof Y.XmlElement ? nodes[line.nodeName]?.contentMatch : undefined
  if (type === undefined || match?.matchType(type)) return null
  return type.spec.leafText?.(type.create(Object.fromEntries(attributesOf(leaf)))) ?? '\n'
}

interface Piece {
  insert: string
  attributes?: object
}

function piecesFrom(text: Y.XmlText, index: number): Piece[] {
  let at = 0
  return (text.toDelta() as Piece[]).flatMap(({ insert, attributes }) => {
    const rest = insert.slice(Math.max(0, index - at))
    at += insert.length
    return rest === '' ? [] : [{ insert: rest, ...(attributes === undefined ? {} : { attributes }) }]
  })
}

interface Surroundings {
  doc: Y.Doc
  schema: Schema
  /** Is told where a character is that had to be written again. */
  moved(id: Y.ID, copy: Y.ID): void
}

/** Writes characters and leaves one after the other into a line of text, as y-tiptap keeps it: leaves stand between texts. */
export class LineWriter {
  readonly #around: Surroundings
  readonly #line: Y.XmlFragment
  /** Where characters go; null: there is no text at this place. */
  #text: Y.XmlText | null
  /** In the text, or if there is none among the children of the line. */
  #index: number

  /** Null where the place is gone, or is in no line. */
  static at(place: Y.RelativePosition, around: Surroundings): LineWriter | null {
    const found = Y.createAbsolutePositionFromRelativePosition(place, around.doc)
    if (found === null) return null
    const { type, index } = found
    if (type instanceof Y.XmlText && type.parent instanceof Y.XmlFragment) {
      forgetPlaces(type)
      return new LineWriter(around, type.parent, type, type.length === 0 ? 0 : index)
    }
    return type instanceof Y.XmlElement ? new LineWriter(around, type, null, index) : null
  }

  private constructor(around: Surroundings, line: Y.XmlFragment, text: Y.XmlText | null, index: number) {
    this.#around = around
    this.#line = line
    this.#text = text
    this.#index = index
  }

  /** The id of the first character. */
  write(words: string): Y.ID {
    const text = this.#text ?? this.#newText()
    const id = this.#nextId()
    text.insert(this.#index, words)
    this.#text = text
    this.#index += words.length
    return id
  }

  /** The id of what stands for the leaf here. */
  put(leaf: Y.XmlElement): Y.ID {
    const words = asText(leaf, this.#line, this.#around.schema)
    if (words !== null) return this.write(words)
    const at = this.#text === null ? this.#index : this.#openAfter(this.#text)
    const id = this.#nextId()
    this.#line.insert(at, [copyOf(leaf)])
    const next = at + 1 < this.#line.length ? this.#line.get(at + 1) : null
    this.#text = next instanceof Y.XmlText ? next : null
    this.#index = this.#text === null ? at + 1 : 0
    return id
  }

  /** Makes room among the children of the line: what follows in the text is written again in one of its own. */
  #openAfter(text: Y.XmlText): number {
    const place = this.#line.toArray().indexOf(text)
    if (this.#index === 0) return place
    const rest = piecesFrom(text, this.#index)
    if (rest.length === 0) return place + 1
    const ids = idsIn(text).slice(this.#index)
    text.delete(this.#index, text.length - this.#index)
    const behind = new Y.XmlText()
    this.#line.insert(place + 1, [behind])
    behind.applyDelta(rest)
    idsIn(behind).forEach((copy, i) => {
      const id = ids[i]
      if (id !== undefined) this.#around.moved(id, copy)
    })
    return place + 1
  }

  #newText(): Y.XmlText {
    const text = new Y.XmlText()
    this.#line.insert(this.#index, [text])
    this.#index = 0
    return text
  }

  #nextId(): Y.ID {
    const { store, clientID } = this.#around.doc
    return Y.createID(clientID, Y.getState(store, clientID))
  }
}
