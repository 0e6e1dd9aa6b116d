import { NotificationId, randomId } from '@weft/shared/kit'
import type { Notification } from '@weft/shared/notifications'

/** A notification as the server writes it: an unread mention, unless the test says otherwise. */
export const notice = (rest: Partial<Notification> = {}): Notification => ({
  id: NotificationId.parse(randomId()),
  kind: 'mention',
  level: 'info',
  reason: 'mentioned',
  workspaceId: null,
  documentId: null,
  actorIds: [],
  count: 1,
  detail: {},
  createdAt: 1,
  updatedAt: 1,
  readAt: null,
  snoozedUntil: null,
  archivedAt: null,
  seq: 1,
  ...rest,
})
