import { must } from '@weft/shared/kit'
import * as Y from 'yjs'
import type { Patch } from './trace.ts'

/**
 * The text in the first paragraph of a document's body, lines and all. A history of flat text fits into one `Y.XmlText`
 * alone: where an editor splits a paragraph it deletes the rest of the line and writes it anew, and what somebody else
 * typed there meanwhile would be gone.
 */
export function bodyText(doc: Y.Doc): Y.XmlText | null {
  const paragraph = doc.getXmlFragment('body').get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  return text instanceof Y.XmlText ? text : null
}

/** Makes that text in a document which has its seed alone. */
export function makeBodyText(doc: Y.Doc): void {
  const paragraph = doc.getXmlFragment('body').get(0)
  if (!(paragraph instanceof Y.XmlElement)) throw new Error('the document has no paragraph')
  paragraph.insert(0, [new Y.XmlText()])
}

/** What it says; empty when it is not there. Without marks, `toString` is the text. */
export const textOf = (doc: Y.Doc): string => bodyText(doc)?.toString() ?? ''

export function applyPatches(doc: Y.Doc, patches: readonly Patch[]): void {
  const text = must(bodyText(doc), 'the text in the body')
  doc.transact(() => {
    for (const [at, deleted, inserted] of patches) {
      if (deleted > 0) text.delete(at, deleted)
      if (inserted !== '') text.insert(at, inserted)
    }
  })
}
