import type { DocumentId, UserId } from '@weft/shared/kit'
import { seedClientId } from '@weft/shared/text'
import { blobCrc, type Writer } from '../storage/index.ts'
import type { FirstText } from './firstText.ts'

/** Journal rows 1 and 2 with the owners of their client ids, in the transaction that makes the documents [IDENT-2]. */
export async function writeFirstTexts(
  tx: Writer,
  texts: readonly { documentId: DocumentId; text: FirstText }[],
  by: { userId: UserId; at: number },
): Promise<void> {
  const row = (documentId: DocumentId, seq: number, update: Uint8Array) => ({
    document_id: documentId,
    seq,
    update,
    author_id: by.userId,
    at: by.at,
    crc: blobCrc(update),
  })
  const owner = (documentId: DocumentId, clientId: number, userId: UserId | null) => ({
    document_id: documentId,
    client_id: clientId,
    user_id: userId,
    claimed_at: by.at,
  })
  const rows = texts.flatMap(({ documentId, text: { seed, written } }) => [
    row(documentId, 1, seed),
    ...(written ? [row(documentId, 2, written.update)] : []),
  ])
  const owners = texts.flatMap(({ documentId, text: { written } }) => [
    owner(documentId, seedClientId, null),
    ...(written ? [owner(documentId, written.clientId, by.userId)] : []),
  ])
  await tx.insertInto('journal').values(rows).execute()
  await tx.insertInto('client_ids').values(owners).execute()
}
