import { z } from 'zod'
import { DocumentId, NotificationId } from '../kit/index.ts'
import { NotificationKind } from './kinds.ts'
import { WatchState } from './schema.ts'

/** Commands on one's inbox; those that an outbox may hold are read again from a device with these. */

/** As many as a window shows. */
export const markLimit = 300
const ids = z.array(NotificationId).min(1).max(markLimit)

export const MarkNotifications = z.object({ ids, read: z.boolean() })

export const MarkAllNotifications = z.object({
  /** The sequence that the page had come to: what is newer was not seen, and stays unread. */
  upTo: z.number().int().nonnegative(),
  /** Absent: all. */
  kinds: z.array(NotificationKind).min(1).optional(),
})

export const ArchiveNotifications = z.object({ ids, archived: z.boolean() })

export const SnoozeNotification = z.object({
  notificationId: NotificationId,
  /** Milliseconds since 1970; one that has passed, or null, brings it back now. */
  until: z.number().int().nullable(),
})

export const OpenNotification = z.object({
  notificationId: NotificationId,
  from: z.enum(['page', 'toast', 'push', 'mail']).default('page'),
})

export const SetWatch = z.object({ documentId: DocumentId, state: WatchState })
