import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type {
  NotificationDetail,
  NotificationKind,
  NotificationLevel,
  NotificationReason,
} from '@weft/shared/notifications'

/** One fact, as it is told to those whom it concerns. */
export interface Notice {
  /** [NOTIFY-1] The fact: nobody is told twice of one. */
  factKey: string
  /** [NOTIFY-1] What comes with the same key is told in one row. */
  groupKey: string
  kind: NotificationKind
  level: NotificationLevel
  workspaceId: WorkspaceId | null
  documentId: DocumentId | null
  /** Null: the server. */
  actorId: UserId | null
  detail: NotificationDetail
  /** When it happened, in milliseconds since 1970. */
  at: number
}

export interface Recipient {
  userId: UserId
  reason: NotificationReason
}

/** A fact with those who should hear of it, before what they wish is looked at. */
export interface Told {
  notice: Notice
  recipients: readonly Recipient[]
}
