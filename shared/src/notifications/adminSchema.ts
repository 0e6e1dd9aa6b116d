import { z } from 'zod'
import { AnnouncementId, UserId, WorkspaceId } from '../kit/index.ts'
import { MemberRole } from '../workspaces/index.ts'
import { NotificationKind, NotificationLevel } from './kinds.ts'

/** Whom an announcement is for: everybody, or a workspace; and of them all, or those with certain roles there. */
export const Audience = z.object({
  workspaceId: WorkspaceId.nullable(),
  roles: z.array(MemberRole).min(1).nullable(),
})
export type Audience = z.infer<typeof Audience>

export const announcementTitleLimit = 200
export const announcementTextLimit = 4_000
/** What of the text stands in each inbox; the rest is read with the announcement itself. Characters. */
export const announcementExcerpt = 500

export const Announcement = z.object({
  id: AnnouncementId,
  title: z.string(),
  text: z.string(),
  level: NotificationLevel,
  audience: Audience,
  createdBy: UserId,
  createdAt: z.number().int(),
  dueAt: z.number().int().describe('When it goes out.'),
  state: z.enum(['scheduled', 'sending', 'sent', 'cancelled']),
  recipients: z.number().int().describe('Those who have been told so far.'),
})
export type Announcement = z.infer<typeof Announcement>

export const WriteAnnouncement = z.object({
  id: AnnouncementId.optional().describe('Made by the client.'),
  title: z.string().trim().min(1).max(announcementTitleLimit),
  text: z.string().trim().max(announcementTextLimit).default(''),
  level: NotificationLevel.default('info'),
  audience: Audience.default({ workspaceId: null, roles: null }),
  dueAt: z.number().int().nullable().default(null).describe('Milliseconds since 1970; null, or in the past: now.'),
})

/** By which way something leaves: the inbox itself is one. */
export const DeliveryChannel = z.enum(['page', 'push', 'mail'])
export type DeliveryChannel = z.infer<typeof DeliveryChannel>

/** A mail or push that was tried as often as makes sense. */
export const DeadDelivery = z.object({
  id: z.string(),
  channel: DeliveryChannel,
  kind: NotificationKind.nullable().describe('Null: a digest.'),
  userId: UserId,
  name: z.string().nullable().describe('Of whom it is for; null: they have no account any more.'),
  attempts: z.number().int(),
  error: z.string(),
  createdAt: z.number().int(),
  failedAt: z.number().int(),
})
export type DeadDelivery = z.infer<typeof DeadDelivery>

export const TemplateChannel = z.enum(['push', 'mail'])
export type TemplateChannel = z.infer<typeof TemplateChannel>

/** Words with variables, in Liquid. A push has no HTML. */
export const TemplateText = z.object({
  subject: z.string().trim().min(1).max(500),
  text: z.string().trim().min(1).max(10_000),
})
export type TemplateText = z.infer<typeof TemplateText>

export const Template = TemplateText.extend({
  kind: NotificationKind,
  channel: TemplateChannel,
  changed: z.boolean().describe('False: as it came with Weft.'),
})
export type Template = z.infer<typeof Template>

export const DeliveryCount = z.object({
  day: z.string().describe('Such as 2031-05-04, in UTC.'),
  kind: NotificationKind,
  channel: DeliveryChannel,
  sent: z.number().int(),
  delivered: z.number().int(),
  seen: z.number().int(),
  clicked: z.number().int(),
  failed: z.number().int(),
})
export type DeliveryCount = z.infer<typeof DeliveryCount>
