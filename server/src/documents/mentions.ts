import { mayView } from '@weft/shared/documents'
import type { DocumentId, MentionId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { EventLog } from '../events/index.ts'
import type { Writer } from '../storage/port.ts'
import { readRoles } from './found.ts'
import type { JournalRun } from './textPort.ts'

/** One row of text that mentions more is no message to people; the rest is noted, and nobody is told. */
const toldAtOnce = 50

/**
 * [NOTIFY-4] Notes the mentions of a run in the transaction that notes its place in the journal, and tells of those
 * that are new anywhere: a copy, an undone deletion or another document made of this text has the same ids. Told are
 * those who may see the document. `tells` false: they came with the document (an import, a copy).
 */
export async function noteMentions(
  tx: Writer,
  events: Pick<EventLog, 'append'>,
  place: { workspaceId: WorkspaceId; documentId: DocumentId },
  { authorId, mentions, toAt }: JournalRun,
  tells: boolean,
): Promise<void> {
  let told = 0
  for (const { userId, mentionId } of mentions) {
    if (!(await note(tx, { mentionId, documentId: place.documentId, userId, authorId, at: toAt }))) continue
    if (!tells || authorId === null || told === toldAtOnce) continue
    const role = (await readRoles(tx, userId, [place.documentId])).get(place.documentId)?.role ?? null
    if (!mayView(role)) continue
    told++
    const fact = { type: 'document.mentioned', documentId: place.documentId, userId, mentionId } as const
    await events.append(tx, place.workspaceId, authorId, fact)
  }
}

interface NewMention {
  mentionId: MentionId
  documentId: DocumentId
  userId: UserId
  authorId: UserId | null
  at: number
}

/** False: it was known. */
async function note(tx: Writer, { mentionId, documentId, userId, authorId, at }: NewMention): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('mentions')
    .values({ id: mentionId, document_id: documentId, user_id: userId, author_id: authorId, at })
    .onConflict((row) => row.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
