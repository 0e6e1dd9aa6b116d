import { oc } from '@orpc/contract'
import { z } from 'zod'
import { AnnouncementId, WorkspaceId } from '../kit/index.ts'
import {
  Announcement,
  DeadDelivery,
  DeliveryCount,
  Template,
  TemplateChannel,
  TemplateText,
  WriteAnnouncement,
} from './adminSchema.ts'
import { NotificationKind } from './kinds.ts'

const tags = ['announcements and deliveries']
const TemplateOf = z.object({ kind: NotificationKind, channel: TemplateChannel })
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2031-05-04')

/** Announcements are written by whoever owns the installation, and by admins of a workspace for that; the rest is the owner's. */
export const notificationsAdminContract = {
  announcements: oc
    .route({
      method: 'GET',
      path: '/announcements',
      summary: 'Announcements that one may manage, the newest first',
      tags,
    })
    .input(z.object({ workspaceId: WorkspaceId.optional().describe('Only those for this workspace.') }))
    .output(z.array(Announcement)),
  announce: oc
    .route({ method: 'POST', path: '/announcements', successStatus: 201, summary: 'Tell many, now or at a time', tags })
    .input(WriteAnnouncement)
    .output(Announcement),
  cancelAnnouncement: oc
    .route({
      method: 'POST',
      path: '/announcements/{announcementId}/cancel',
      summary: 'Stop an announcement: who has not been told yet is not told',
      tags,
    })
    .input(z.object({ announcementId: AnnouncementId }))
    .output(Announcement),
  deadDeliveries: oc
    .route({ method: 'GET', path: '/deliveries/dead', summary: 'Mails and pushes that did not arrive', tags })
    .output(z.array(DeadDelivery)),
  sendAgain: oc
    .route({ method: 'POST', path: '/deliveries/send-again', summary: 'Try some of them again', tags })
    .input(z.object({ ids: z.array(z.string().max(100)).min(1).max(500) }))
    .output(z.object({ waiting: z.number().int().describe('How many wait to be sent again.') })),
  templates: oc
    .route({ method: 'GET', path: '/templates', summary: 'The words of mails and pushes', tags })
    .output(z.object({ templates: z.array(Template), variables: z.array(z.string()) })),
  setTemplate: oc
    .route({ method: 'PUT', path: '/templates/{channel}/{kind}', summary: 'Change the words of one', tags })
    .input(TemplateOf.extend(TemplateText.shape))
    .output(Template),
  resetTemplate: oc
    .route({
      method: 'DELETE',
      path: '/templates/{channel}/{kind}',
      summary: 'Take the words that came with Weft',
      tags,
    })
    .input(TemplateOf)
    .output(Template),
  previewTemplate: oc
    .route({ method: 'POST', path: '/templates/{channel}/{kind}/preview', summary: 'How the words would read', tags })
    .input(TemplateOf.extend(TemplateText.shape))
    .output(z.object({ subject: z.string(), text: z.string(), html: z.string() })),
  statistics: oc
    .route({ method: 'GET', path: '/deliveries/statistics', summary: 'What was sent, seen and clicked, by day', tags })
    .input(z.object({ from: day, until: day }))
    .output(z.array(DeliveryCount)),
}
