import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DocumentId } from '../kit/index.ts'
import {
  ArchiveNotifications,
  MarkAllNotifications,
  MarkNotifications,
  OpenNotification,
  SetWatch,
  SnoozeNotification,
} from './commands.ts'
import { NotificationKind } from './kinds.ts'
import {
  ChangePreferences,
  Notification,
  NotificationNames,
  NotificationPage,
  NotificationPreferences,
  NotificationView,
  Watch,
} from './schema.ts'

const tags = ['notifications']
const Done = z.object({ seq: z.number().int().describe("The inbox's sequence after the change.") })
const flag = z.enum(['true', 'false']).transform((word) => word === 'true')
const kinds = z
  .string()
  .max(500)
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(NotificationKind))

/** What each person does with their own inbox. What administrators do is in `adminContract.ts`. */
export const notificationsContract = {
  list: oc
    .route({ method: 'GET', path: '/notifications', summary: 'One’s notifications, by page', tags })
    .input(
      z.object({
        view: NotificationView.default('inbox'),
        unread: flag.optional().describe('Only those that are unread.'),
        kinds: kinds.optional().describe('Kinds, separated by commas.'),
        cursor: z
          .string()
          .regex(/^\d{1,16}-[A-Za-z0-9_-]{16,40}$/, 'not a cursor')
          .optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    )
    .output(NotificationPage),
  get: oc
    .route({ method: 'GET', path: '/notifications/{notificationId}', summary: 'One notification', tags })
    .input(OpenNotification.pick({ notificationId: true }))
    .output(Notification),
  names: oc
    .route({ method: 'POST', path: '/notifications/names', summary: 'What some of one’s notifications speak of', tags })
    .input(MarkNotifications.pick({ ids: true }))
    .output(NotificationNames),
  mark: oc
    .route({ method: 'POST', path: '/notifications/mark', summary: 'Mark some as read or unread', tags })
    .input(MarkNotifications)
    .output(Done),
  markAll: oc
    .route({ method: 'POST', path: '/notifications/mark-all', summary: 'Mark all as read that have been seen', tags })
    .input(MarkAllNotifications)
    .output(Done),
  archive: oc
    .route({ method: 'POST', path: '/notifications/archive', summary: 'Put some away, or take them back', tags })
    .input(ArchiveNotifications)
    .output(Done),
  snooze: oc
    .route({
      method: 'POST',
      path: '/notifications/{notificationId}/snooze',
      summary: 'Let one come back at a time, or now',
      tags,
    })
    .input(SnoozeNotification)
    .output(Done),
  open: oc
    .route({
      method: 'POST',
      path: '/notifications/{notificationId}/open',
      summary: 'Say that one was opened, and from where: it is read then',
      tags,
    })
    .input(OpenNotification)
    .output(Done),
  preferences: oc
    .route({ method: 'GET', path: '/notifications/preferences', summary: 'What one wants to hear of, and how', tags })
    .output(NotificationPreferences),
  changePreferences: oc
    .route({
      method: 'PATCH',
      path: '/notifications/preferences',
      summary: 'Say what one wants to hear of',
      description: 'What is not named stays as it is.',
      tags,
    })
    .input(ChangePreferences)
    .output(NotificationPreferences),
  watches: oc
    .route({ method: 'GET', path: '/notifications/watches', summary: 'Documents that one watches or muted', tags })
    .output(z.object({ watches: z.array(Watch), names: NotificationNames })),
  watch: oc
    .route({ method: 'GET', path: '/documents/{documentId}/watch', summary: 'Whether one watches a document', tags })
    .input(z.object({ documentId: DocumentId }))
    .output(Watch),
  setWatch: oc
    .route({ method: 'PUT', path: '/documents/{documentId}/watch', summary: 'Watch a document, or mute it', tags })
    .input(SetWatch)
    .output(Watch),
  setPrivateMail: oc
    .route({
      method: 'PUT',
      path: '/documents/{documentId}/private-mail',
      summary: 'Keep a document’s title and words out of mails and pushes, for everybody',
      tags,
    })
    .input(z.object({ documentId: DocumentId, privateMail: z.boolean() }))
    .output(Watch),
}
