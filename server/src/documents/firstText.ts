import { type DocumentKind, titleLimit } from '@weft/shared/documents'
import { applyMarkdown, seedClientId, seedUpdate, setTitle, titleOf } from '@weft/shared/editor'
import type { DocumentId, UserId } from '@weft/shared/kit'
import * as Y from 'yjs'
import { blobCrc, type Writer } from '../storage/index.ts'

/** What a new document holds: the constant seed, and what the server writes over it in the name of its author. */
export interface FirstText {
  seed: Uint8Array
  /** Null: the client that made the document writes its title itself. */
  written: { clientId: number; update: Uint8Array; title: string } | null
}

export function firstText(
  kind: DocumentKind,
  text: { title: string; markdown: string | undefined; byServer: boolean },
): FirstText {
  const seed = seedUpdate(kind)
  if (!text.byServer) return { seed, written: null }
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  const before = Y.encodeStateVector(doc)
  if (text.markdown !== undefined) applyMarkdown(doc, text.markdown, text.title === '' ? {} : { title: text.title })
  else if (text.title !== '') setTitle(doc, text.title)
  const written = { clientId: doc.clientID, update: Y.encodeStateAsUpdate(doc, before), title: titleOf(doc) }
  const unchanged = doc.store.clients.get(doc.clientID) === undefined
  doc.destroy()
  return { seed, written: unchanged ? null : { ...written, title: written.title.slice(0, titleLimit) } }
}

/** Journal rows 1 and 2 with the owners of their client ids, in the transaction that makes the document [IDENT-2]. */
export async function writeFirstText(
  tx: Writer,
  documentId: DocumentId,
  { seed, written }: FirstText,
  by: { userId: UserId; at: number },
): Promise<void> {
  const row = (seq: number, update: Uint8Array) => ({
    document_id: documentId,
    seq,
    update,
    author_id: by.userId,
    at: by.at,
    crc: blobCrc(update),
  })
  const owner = (clientId: number, userId: UserId | null) => ({
    document_id: documentId,
    client_id: clientId,
    user_id: userId,
    claimed_at: by.at,
  })
  const rows = [row(1, seed), ...(written ? [row(2, written.update)] : [])]
  const owners = [owner(seedClientId, null), ...(written ? [owner(written.clientId, by.userId)] : [])]
  await tx.insertInto('journal').values(rows).execute()
  await tx.insertInto('client_ids').values(owners).execute()
}
