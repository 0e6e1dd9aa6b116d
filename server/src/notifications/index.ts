export type { NotificationsDependencies } from './dependencies.ts'
export { notificationsRoutes } from './routes.ts'
export { createNotifications, type Notifications } from './service.ts'
