import type { AnnouncementId, DocumentId, NotificationId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { NotificationKind, NotificationLevel, NotificationReason } from '@weft/shared/notifications'
import type { Generated, GeneratedAlways } from 'kysely'

/** The tables of notifications; times and the rest as in `schema.ts`. */
export interface NotificationTables {
  /** [NOTIFY-2] One row a person who was ever told of something: what their inbox has come to, and its unread count. */
  inboxes: { user_id: UserId; seq: number; unread: number }
  notifications: {
    id: NotificationId
    user_id: UserId
    /** Of the inbox, at the last change of this row. */
    seq: number
    kind: NotificationKind
    level: NotificationLevel
    reason: NotificationReason
    /** What comes with the same key is told in this row, until it is put away. */
    group_key: string
    workspace_id: WorkspaceId | null
    document_id: DocumentId | null
    /** JSON. */
    actor_ids: string
    count: number
    /** JSON. */
    detail: string
    created_at: number
    updated_at: number
    read_at: number | null
    snoozed_until: number | null
    archived_at: number | null
    /** 1: the person may not see what it speaks of, at present. */
    hidden: Generated<0 | 1>
    /** 1: they do not want this kind in their inbox; it is kept for what leaves by other ways. */
    unlisted: Generated<0 | 1>
    place: GeneratedAlways<'inbox' | 'snoozed' | 'archived' | 'nowhere'>
    unread: GeneratedAlways<0 | 1>
  }
  /** [NOTIFY-1] What each person was told of, or would have been if they had wanted to. */
  notification_facts: { user_id: UserId; fact_key: string; at: number }
  watches: {
    document_id: DocumentId
    user_id: UserId
    /** `neither` is a choice too: it keeps a document from being watched for having been written in. */
    state: 'watching' | 'muted' | 'neither'
    reason: 'watching' | 'created' | 'wrote'
  }
  /** JSON; without a row the defaults hold. */
  notification_preferences: { user_id: UserId; preferences: string }
  private_mail_documents: { document_id: DocumentId }

  /** Mails and pushes on their way, and for some time those that have left. */
  deliveries: {
    id: string
    user_id: UserId
    notification_id: NotificationId
    kind: NotificationKind
    channel: 'push' | 'mail'
    mode: 'now' | 'digest'
    /** The endpoint of a push. */
    target: string | null
    state: 'waiting' | 'sent' | 'dropped' | 'dead'
    due_at: number
    attempts: Generated<number>
    error: string | null
    created_at: number
    ended_at: number | null
  }
  push_subscriptions: { endpoint: string; user_id: UserId; p256dh: string; auth: string; created_at: number }
  /** What the installation made for itself: the keys by which push services know it. */
  notification_keys: { name: string; value: string }
  /** What an administrator has changed. */
  templates: { channel: 'push' | 'mail'; kind: NotificationKind; subject: string; text: string }
  delivery_counts: {
    /** `2031-05-04`, in UTC. */
    day: string
    kind: NotificationKind
    channel: 'page' | 'push' | 'mail'
    sent: Generated<number>
    delivered: Generated<number>
    seen: Generated<number>
    clicked: Generated<number>
    failed: Generated<number>
  }
  announcements: {
    id: AnnouncementId
    title: string
    text: string
    level: NotificationLevel
    workspace_id: WorkspaceId | null
    /** JSON; null: whatever role. */
    roles: string | null
    created_by: UserId
    created_at: number
    due_at: number
    state: 'scheduled' | 'sending' | 'sent' | 'cancelled'
    told_up_to: Generated<string>
    recipients: Generated<number>
  }
}
