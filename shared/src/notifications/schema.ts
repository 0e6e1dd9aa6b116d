import { z } from 'zod'
import { Person } from '../auth/index.ts'
import { DocumentRole } from '../documents/index.ts'
import { AnnouncementId, DocumentId, MentionId, NotificationId, UserId, WorkspaceId } from '../kit/index.ts'
import { MemberRole } from '../workspaces/index.ts'
import { AccountWarning } from './events.ts'
import { NotificationKind, NotificationLevel, NotificationReason } from './kinds.ts'

/** What a notification says beside who did what where; each field belongs to some kinds only. */
export const NotificationDetail = z.object({
  mentionId: MentionId.optional().describe('The mention in the text: the last of those that are grouped.'),
  /** Of editing: characters that came and went. */
  added: z.number().int().optional(),
  removed: z.number().int().optional(),
  role: z.union([MemberRole, DocumentRole]).optional().describe('The role that was given.'),
  workspaceName: z.string().optional().describe('Of a workspace that one does not belong to any more.'),
  suspended: z.boolean().optional().describe('One is out of that workspace for a time, not for good.'),
  announcementId: AnnouncementId.optional(),
  title: z.string().optional().describe('Of an announcement.'),
  text: z.string().optional().describe('Of an announcement.'),
  percent: z.number().int().optional().describe('How much of its room a workspace takes.'),
  warning: AccountWarning.optional().describe('About the security of the account.'),
})
export type NotificationDetail = z.infer<typeof NotificationDetail>

/** How many of those who acted are named; the others are in `count`. */
export const actorLimit = 5

/** One row of an inbox: a fact, or several on one document. Names and titles are looked up by `names`. */
export const Notification = z.object({
  id: NotificationId,
  kind: NotificationKind,
  level: NotificationLevel,
  reason: NotificationReason,
  workspaceId: WorkspaceId.nullable(),
  documentId: DocumentId.nullable(),
  actorIds: z.array(UserId).describe('Who did it, the last one first, five at most; none: the server.'),
  count: z.number().int().describe('Facts that it stands for, since it was last read.'),
  detail: NotificationDetail,
  createdAt: z.number().int(),
  updatedAt: z
    .number()
    .int()
    .describe('When its last fact happened, or when it came back: what the list is sorted by.'),
  readAt: z.number().int().nullable(),
  snoozedUntil: z.number().int().nullable(),
  archivedAt: z.number().int().nullable(),
  seq: z.number().int().describe("The inbox's sequence at its last change."),
})
export type Notification = z.infer<typeof Notification>

/** `meta` of the window `inbox/<userId>`; its entries are `Notification`s by id. */
export const InboxMeta = z.object({ seq: z.number().int(), unread: z.number().int() })
export type InboxMeta = z.infer<typeof InboxMeta>

/** What the rows of a page speak of, as it is called now; what the person may not see is not among it. */
export const NotificationNames = z.object({
  documents: z.array(z.object({ id: DocumentId, title: z.string(), workspaceId: WorkspaceId })),
  workspaces: z.array(z.object({ id: WorkspaceId, name: z.string() })),
  people: z.array(Person),
})
export type NotificationNames = z.infer<typeof NotificationNames>

/** Which part of one's notifications: those in the inbox, those that sleep, those that were put away. */
export const NotificationView = z.enum(['inbox', 'snoozed', 'archived'])
export type NotificationView = z.infer<typeof NotificationView>

export const NotificationPage = z.object({
  notifications: z.array(Notification).describe('The newest first.'),
  next: z.string().nullable().describe('The cursor of the next page; null: there is none.'),
  names: NotificationNames,
  seq: z.number().int(),
  unread: z.number().int().describe('Of the whole inbox, from the same moment as the page [NOTIFY-2].'),
})
export type NotificationPage = z.infer<typeof NotificationPage>

/** Null: neither; then what happens there is heard of only by mentions and the like. */
export const WatchState = z.enum(['watching', 'muted']).nullable()
export type WatchState = z.infer<typeof WatchState>

export const Watch = z.object({
  documentId: DocumentId,
  state: WatchState,
  reason: z.enum(['watching', 'created', 'wrote']).nullable().describe('Why it is watched.'),
  privateMail: z.boolean().describe('Mails and pushes about this document do not say its title or what was written.'),
})
export type Watch = z.infer<typeof Watch>

export const MailWhen = z.enum(['off', 'now', 'digest'])
export type MailWhen = z.infer<typeof MailWhen>

/** By which ways one wants to hear of a kind. */
export const KindPreference = z.object({ page: z.boolean(), push: z.boolean(), mail: MailWhen })
export type KindPreference = z.infer<typeof KindPreference>

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00')

/** No toast, push or mail from one time of day to another, in the person's time zone; it may go over midnight. */
export const QuietHours = z.object({ from: clockTime, until: clockTime })
export type QuietHours = z.infer<typeof QuietHours>

export const DigestRhythm = z.object({
  every: z.enum(['off', 'hour', 'day', 'week']),
  /** Of the day, 0 to 23, in the person's time zone. */
  hour: z.number().int().min(0).max(23),
  /** Of weekly ones: 1 is Monday, 7 Sunday. */
  weekday: z.number().int().min(1).max(7),
})
export type DigestRhythm = z.infer<typeof DigestRhythm>

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const NotificationPreferences = z.object({
  kinds: z.record(NotificationKind, KindPreference),
  quietHours: QuietHours.nullable(),
  digest: DigestRhythm,
  timeZone: z.string().max(64).refine(isTimeZone, 'is no time zone: a name such as Europe/Berlin').nullable(),
  /** Mails and pushes say that there is something, and not what. */
  privateMail: z.boolean(),
  /** Documents that one makes or writes in are watched without being asked. */
  watchOwn: z.boolean(),
})
export type NotificationPreferences = z.infer<typeof NotificationPreferences>

/** What a person changes of them: all that is not named stays as it is, whoever or whatever changed it meanwhile. */
export const ChangePreferences = NotificationPreferences.extend({
  kinds: z.partialRecord(NotificationKind, KindPreference.partial()),
  digest: DigestRhythm.partial(),
}).partial()
export type ChangePreferences = z.infer<typeof ChangePreferences>
