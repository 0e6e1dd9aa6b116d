import { api } from '../kit/http/api.ts'
import { actorOf } from '../workspaces/index.ts'
import type { Notifications } from './service.ts'

/** The calls of `notificationsAdminContract`. */
export const notificationsAdminRoutes = ({ announcements, administration }: Notifications) => {
  const on = api.notificationsAdmin
  return {
    announcements: on.announcements.handler(({ context, input }) =>
      announcements.list(context.account.id, input.workspaceId),
    ),
    announce: on.announce.handler(({ context, input }) => announcements.announce(actorOf(context), input)),
    cancelAnnouncement: on.cancelAnnouncement.handler(({ context, input }) =>
      announcements.cancel(actorOf(context), input.announcementId),
    ),
    deadDeliveries: on.deadDeliveries.handler(({ context }) => administration.deadDeliveries(context.account.id)),
    sendAgain: on.sendAgain.handler(({ context, input }) => administration.sendAgain(context.account.id, input.ids)),
    templates: on.templates.handler(({ context }) => administration.templates(context.account.id)),
    setTemplate: on.setTemplate.handler(({ context, input }) =>
      administration.setTemplate(context.account.id, input.kind, input.channel, input),
    ),
    resetTemplate: on.resetTemplate.handler(({ context, input }) =>
      administration.resetTemplate(context.account.id, input.kind, input.channel),
    ),
    previewTemplate: on.previewTemplate.handler(({ context, input }) =>
      administration.previewTemplate(context.account.id, input),
    ),
    statistics: on.statistics.handler(({ context, input }) =>
      administration.statistics(context.account.id, input.from, input.until),
    ),
  }
}
