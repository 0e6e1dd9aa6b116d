import * as Y from 'yjs'
import type { DocumentKind } from '../documents/index.ts'
import { fields, seedClientId } from './fields.ts'

/**
 * The first update of every document of a kind, always the same bytes, so that two people who start at once, or
 * offline, do not get two titles. Rich: a title block and one empty paragraph; plain: a title block (an empty
 * `Y.Text` leaves nothing in an update).
 */
export function seedUpdate(kind: DocumentKind): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = seedClientId
  doc.getXmlFragment(fields.title).insert(0, [new Y.XmlElement('title')])
  if (kind === 'rich') doc.getXmlFragment(fields.body).insert(0, [new Y.XmlElement('paragraph')])
  else doc.getText(fields.text)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
