import { ActivityDetail, type ActivityEntry, type AudienceId } from '@weft/shared/activity'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { Reader, Writer } from '../storage/port.ts'

/** An entry with who is told of it. */
export interface ToldEntry extends ActivityEntry {
  audienceId: AudienceId
}

/** As the columns are called. */
export interface ActivityRow {
  seq: number
  at: number
  type: string
  actor_id: UserId | null
  document_id: DocumentId | null
  subject_id: UserId | null
  audience_id: AudienceId
  detail: string
}

export const columns = [
  'seq',
  'at',
  'type',
  'actor_id',
  'document_id',
  'subject_id',
  'audience_id',
  'detail',
] as const satisfies readonly (keyof ActivityRow)[]

export const toEntry = (row: ActivityRow): ToldEntry => ({
  seq: row.seq,
  at: row.at,
  type: row.type,
  actorId: row.actor_id,
  documentId: row.document_id,
  subjectId: row.subject_id,
  detail: ActivityDetail.parse(JSON.parse(row.detail)),
  audienceId: row.audience_id,
})

/** What all may have that are told of it. */
export function withoutAudience({ audienceId: _audienceId, ...entry }: ToldEntry): ActivityEntry {
  return entry
}

/** An entry that is there already stays as it is [EVENT-2]. */
export async function insertEntry(tx: Writer, workspaceId: WorkspaceId, entry: ToldEntry): Promise<void> {
  await tx
    .insertInto('activity')
    .values({
      workspace_id: workspaceId,
      seq: entry.seq,
      audience_id: entry.audienceId,
      at: entry.at,
      type: entry.type,
      actor_id: entry.actorId,
      document_id: entry.documentId,
      subject_id: entry.subjectId,
      detail: JSON.stringify(entry.detail),
    })
    .onConflict((row) => row.doNothing())
    .execute()
}

/** The sequence of the last entry of a workspace; 0: none. */
export async function lastSeq(db: Reader, workspaceId: WorkspaceId): Promise<number> {
  const row = await db
    .selectFrom('activity')
    .where('workspace_id', '=', workspaceId)
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** At most `limit` entries behind a sequence, in order. */
export async function readAfter(
  db: Reader,
  workspaceId: WorkspaceId,
  seq: number,
  limit: number,
): Promise<ToldEntry[]> {
  const rows = await db
    .selectFrom('activity')
    .where('workspace_id', '=', workspaceId)
    .where('seq', '>', seq)
    .select(columns)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

/** The newest entries that one audience is told. */
export async function readNewest(
  db: Reader,
  workspaceId: WorkspaceId,
  audienceId: AudienceId,
  limit: number,
): Promise<ToldEntry[]> {
  const rows = await db
    .selectFrom('activity')
    .where('workspace_id', '=', workspaceId)
    .where('audience_id', '=', audienceId)
    .select(columns)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}
