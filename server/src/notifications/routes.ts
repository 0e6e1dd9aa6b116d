import { api } from '../kit/http/api.ts'
import { actorOf } from '../workspaces/index.ts'
import type { Notifications } from './service.ts'

/** The calls of `pushContract`. */
export const pushRoutes = ({ push }: Notifications) => {
  const on = api.push
  return {
    key: on.key.handler(() => push.key()),
    subscribe: on.subscribe.handler(({ context, input }) => push.subscribe(context.account.id, input)),
    unsubscribe: on.unsubscribe.handler(({ context, input }) => push.unsubscribe(context.account.id, input.endpoint)),
  }
}

/** The calls of `notificationsContract`. */
export const notificationsRoutes = (service: Notifications) => {
  const on = api.notifications
  return {
    list: on.list.handler(({ context, input }) => service.list(context.account.id, input)),
    get: on.get.handler(({ context, input }) => service.get(context.account.id, input.notificationId)),
    names: on.names.handler(({ context, input }) => service.names(context.account.id, input.ids)),
    mark: on.mark.handler(({ context, input }) => service.mark(actorOf(context), input.ids, input.read)),
    markAll: on.markAll.handler(({ context, input }) => service.markAll(actorOf(context), input.upTo, input.kinds)),
    archive: on.archive.handler(({ context, input }) => service.archive(actorOf(context), input.ids, input.archived)),
    snooze: on.snooze.handler(({ context, input }) =>
      service.snooze(actorOf(context), input.notificationId, input.until),
    ),
    open: on.open.handler(({ context, input }) => service.open(actorOf(context), input.notificationId, input.from)),
    preferences: on.preferences.handler(({ context }) => service.preferences(context.account.id)),
    changePreferences: on.changePreferences.handler(({ context, input }) =>
      service.changePreferences(actorOf(context), input),
    ),
    watches: on.watches.handler(({ context }) => service.watches(context.account.id)),
    watch: on.watch.handler(({ context, input }) => service.watch(context.account.id, input.documentId)),
    setWatch: on.setWatch.handler(({ context, input }) =>
      service.setWatch(actorOf(context), input.documentId, input.state),
    ),
    setPrivateMail: on.setPrivateMail.handler(({ context, input }) =>
      service.setPrivateMail(actorOf(context), input.documentId, input.privateMail),
    ),
  }
}
