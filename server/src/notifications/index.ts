export type { NotificationsDependencies } from './dependencies.ts'
export { notificationsRoutes, pushRoutes } from './routes.ts'
export { createNotifications, type Notifications } from './service.ts'
export { unsubscribePath } from './unsubscribe.ts'
