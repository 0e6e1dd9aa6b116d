import { type DocumentKind, titleLimit } from '@weft/shared/documents'
import type { applyMarkdown } from '@weft/shared/editor'
import { must } from '@weft/shared/kit'
import { seedUpdate, setTitle, titleOf } from '@weft/shared/text'
import * as Y from 'yjs'

/** What a new document holds: the constant seed, and what the server writes over it in the name of its author. */
export interface FirstText {
  seed: Uint8Array
  /** Null: the client that made the document writes its title itself. */
  written: { clientId: number; update: Uint8Array; title: string } | null
}

export interface FirstTextRequest {
  kind: DocumentKind
  title: string
  markdown: string | undefined
  byServer: boolean
}

/** Markdown needs its reader, which comes with the whole document schema: only the thread for it has that loaded. */
export function firstText(
  { kind, title, markdown, byServer }: FirstTextRequest,
  reader?: typeof applyMarkdown,
): FirstText {
  const seed = seedUpdate(kind)
  if (!byServer) return { seed, written: null }
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  const before = Y.encodeStateVector(doc)
  if (markdown !== undefined) must(reader, 'what reads Markdown')(doc, markdown, title === '' ? {} : { title })
  else if (title !== '') setTitle(doc, title)
  const written = { clientId: doc.clientID, update: Y.encodeStateAsUpdate(doc, before), title: titleOf(doc) }
  const unchanged = doc.store.clients.get(doc.clientID) === undefined
  doc.destroy()
  return { seed, written: unchanged ? null : { ...written, title: written.title.slice(0, titleLimit) } }
}
