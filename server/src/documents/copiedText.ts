import { type DocumentKind, titleLimit } from '@weft/shared/documents'
import { fields, seedUpdate, setTitle, titleOf } from '@weft/shared/text'
import * as Y from 'yjs'
import type { FirstText } from './firstText.ts'

export interface CopyRequest {
  kind: DocumentKind
  /** The whole Yjs state of the original. */
  state: Uint8Array
  /** Null: that of the original. */
  title: string | null
}

/**
 * The first text of a document that begins as another one is now: written anew over the seed, by one author, without the
 * history of the original and without what was deleted there.
 */
export function copiedText({ kind, state, title }: CopyRequest): FirstText {
  const seed = seedUpdate(kind)
  const [source, copy] = [new Y.Doc(), new Y.Doc()]
  Y.applyUpdate(source, state)
  Y.applyUpdate(copy, seed)
  const before = Y.encodeStateVector(copy)
  copy.transact(() => {
    setTitle(copy, title ?? titleOf(source))
    if (kind === 'plain') copy.getText(fields.text).applyDelta(source.getText(fields.text).toDelta())
    else copyBody(source.getXmlFragment(fields.body), copy.getXmlFragment(fields.body))
  })
  const written = {
    clientId: copy.clientID,
    update: Y.encodeStateAsUpdate(copy, before),
    title: titleOf(copy).slice(0, titleLimit),
  }
  const unchanged = copy.store.clients.get(copy.clientID) === undefined
  source.destroy()
  copy.destroy()
  return { seed, written: unchanged ? null : written }
}

/** Of an empty body the seed's paragraph stays: an editor needs one to write in. */
function copyBody(from: Y.XmlFragment, to: Y.XmlFragment): void {
  if (from.length === 0) return
  to.delete(0, to.length)
  to.insert(
    0,
    from.toArray().map((block) => block.clone() as Y.XmlElement),
  )
}
