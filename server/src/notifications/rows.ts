import { UserId } from '@weft/shared/kit'
import { type Notification, NotificationDetail } from '@weft/shared/notifications'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Database } from '../storage/schema.ts'

export type NotificationRow = Selectable<Database['notifications']>

const ActorIds = z.array(UserId)

export const actorsOf = (row: Pick<NotificationRow, 'actor_ids'>): UserId[] => ActorIds.parse(JSON.parse(row.actor_ids))
export const detailOf = (row: Pick<NotificationRow, 'detail'>): NotificationDetail =>
  NotificationDetail.parse(JSON.parse(row.detail))

/** A row as its person gets it. */
export const toNotification = (row: NotificationRow): Notification => ({
  id: row.id,
  kind: row.kind,
  level: row.level,
  reason: row.reason,
  workspaceId: row.workspace_id,
  documentId: row.document_id,
  actorIds: actorsOf(row),
  count: row.count,
  detail: detailOf(row),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  readAt: row.read_at,
  snoozedUntil: row.snoozed_until,
  archivedAt: row.archived_at,
  seq: row.seq,
})
