import type { DocumentId } from '@weft/shared/kit'
import * as Y from 'yjs'
import { blobCrc, type Storage, type StoredText } from '../storage/index.ts'

/** The origin of what a load applies. */
export const loadOrigin = Symbol('load')

/** [SAVE-7] A document whose stored text cannot be trusted; the message says which part. */
export class CorruptText extends Error {
  readonly documentId: DocumentId
  /** The sequence of the bad or missing row; null: the snapshot. */
  readonly seq: number | null

  constructor(documentId: DocumentId, seq: number | null, what: string, cause?: unknown) {
    super(seq === null ? `The snapshot ${what}.` : `Row ${seq} of the journal ${what}.`, { cause })
    this.name = 'CorruptText'
    this.documentId = documentId
    this.seq = seq
  }
}

export interface LoadedText {
  /** The last sequence on disk; 0: the document has no text yet. */
  head: number
  /** Of what was applied. */
  bytes: number
}

/**
 * Applies what is stored of a document to `into`, as one change with the origin `loadOrigin`. Throws `CorruptText` for
 * a checksum that does not fit, a missing row, or bytes that Yjs cannot read; `into` is then to be thrown away.
 */
export async function loadDocument(storage: Storage, documentId: DocumentId, into: Y.Doc): Promise<LoadedText> {
  const text = await readText(storage, documentId)
  return { head: text.head, bytes: applyText(documentId, text, into) }
}

/** What is stored of a document; throws `CorruptText` as `checkText` does. */
export async function readText(storage: Storage, documentId: DocumentId): Promise<StoredText> {
  const text = await storage.loadText(documentId)
  checkText(documentId, text)
  return text
}

/** Applies a checked text; returns its bytes. */
export function applyText(documentId: DocumentId, text: StoredText, into: Y.Doc): number {
  let bytes = 0
  // One transaction, so that observers and the collection of garbage run once and not for each row.
  Y.transact(
    into,
    () => {
      if (text.snapshot !== null) bytes += apply(documentId, null, text.snapshot, into)
      for (const row of text.rows) bytes += apply(documentId, row.seq, row.update, into)
    },
    loadOrigin,
    false,
  )
  return bytes
}

/** Throws `CorruptText` for wrong checksums and for rows that are missing between the snapshot and the head. */
export function checkText(documentId: DocumentId, text: StoredText): void {
  if (text.snapshot !== null && text.snapshotCrc !== null && blobCrc(text.snapshot) !== text.snapshotCrc)
    throw new CorruptText(documentId, null, 'is damaged: its checksum does not fit')
  let expected = text.snapshotSeq
  for (const row of text.rows) {
    expected++
    if (row.seq !== expected) throw new CorruptText(documentId, expected, 'is missing')
    if (row.crc !== null && blobCrc(row.update) !== row.crc)
      throw new CorruptText(documentId, row.seq, 'is damaged: its checksum does not fit')
  }
}

function apply(documentId: DocumentId, seq: number | null, update: Uint8Array, into: Y.Doc): number {
  try {
    Y.applyUpdate(into, update, loadOrigin)
  } catch (error) {
    throw new CorruptText(documentId, seq, 'cannot be read', error)
  }
  return update.byteLength
}
