import type { DocumentId, UserId } from '@weft/shared/kit'
import * as Y from 'yjs'
import type { JournalRun } from '../documents/index.ts'
import type { Reader } from '../storage/port.ts'
import { mentionsIn, namesMention } from './mentionsIn.ts'
import { unpackSegment } from './segmentsPack.ts'

/** Rows, and packed runs, that are read at once: some milliseconds. */
const rowsAtOnce = 500
const segmentsAtOnce = 50
/** A larger update is a paste or an import: its bytes are about its characters, and reading it would hold up the rest. */
const readableBytes = 256 << 10
/** A fold may come between reading the packed and the unpacked. */
const tries = 3

/**
 * What was written in a document behind a sequence, in order: a row each, or a packed run where folding was faster. At
 * most some hundreds; ask again behind the last one.
 */
export async function journalRuns(db: Reader, documentId: DocumentId, after: number): Promise<JournalRun[]> {
  for (let left = tries; ; left--) {
    const packed = await readPacked(db, documentId, after)
    const next = packed.at(-1)?.toSeq ?? after
    const rows = packed.length === segmentsAtOnce ? [] : await readRows(db, documentId, next)
    const isWhole = rows.length === 0 || rows[0]?.fromSeq === next + 1
    if (isWhole || left === 0) return [...packed, ...rows]
  }
}

async function readPacked(db: Reader, documentId: DocumentId, after: number): Promise<JournalRun[]> {
  const segments = await db
    .selectFrom('segments')
    .where('document_id', '=', documentId)
    .where('to_seq', '>', after)
    .select(['from_seq', 'to_seq', 'author_id', 'from_at', 'to_at', 'data'])
    .orderBy('from_seq')
    .limit(segmentsAtOnce)
    .execute()
  return segments.map((segment) => {
    const fromSeq = Math.max(segment.from_seq, after + 1)
    const edits = segment.to_seq - fromSeq + 1
    const { added, removed, mentions } = contentOf(unpackSegment(segment.data))
    // Of a run that was counted in part before it was packed, the part that is left.
    const share = edits / (segment.to_seq - segment.from_seq + 1)
    return {
      fromSeq,
      toSeq: segment.to_seq,
      authorId: segment.author_id,
      fromAt: segment.from_at,
      toAt: segment.to_at,
      edits,
      added: Math.round(added * share),
      removed: Math.round(removed * share),
      mentions,
    }
  })
}

async function readRows(db: Reader, documentId: DocumentId, after: number): Promise<JournalRun[]> {
  const rows = await db
    .selectFrom('journal')
    .where('document_id', '=', documentId)
    .where('seq', '>', after)
    .select(['seq', 'author_id', 'at', 'update'])
    .orderBy('seq')
    .limit(rowsAtOnce)
    .execute()
  return rows.map(({ seq, author_id, at, update }) => runOf(seq, author_id, at, update))
}

/** A run of one row. */
export const runOf = (seq: number, authorId: UserId | null, at: number, update: Uint8Array): JournalRun => ({
  fromSeq: seq,
  toSeq: seq,
  authorId,
  fromAt: at,
  toAt: at,
  edits: 1,
  ...contentOf(update),
})

/**
 * Characters that an update brings and takes away (what is no text counts little or nothing), and who is mentioned in
 * it [NOTIFY-4].
 */
function contentOf(update: Uint8Array): Pick<JournalRun, 'added' | 'removed' | 'mentions'> {
  const mayMention = namesMention(update)
  if (update.length > readableBytes && !mayMention) return { added: update.length, removed: 0, mentions: [] }
  const { structs, ds } = Y.decodeUpdate(update)
  let [added, removed] = [0, 0]
  for (const struct of structs) {
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) added += struct.length
  }
  for (const deletions of ds.clients.values()) for (const { len } of deletions) removed += len
  return { added, removed, mentions: mayMention ? mentionsIn(structs) : [] }
}
