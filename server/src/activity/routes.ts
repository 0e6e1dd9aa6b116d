import { api } from '../kit/http/api.ts'
import type { Activity } from './service.ts'

/** The calls of `activityContract`. */
export const activityRoutes = (service: Activity) => ({
  list: api.activity.list.handler(({ context, input }) => service.page(context.account.id, input)),
})
