export { activityFiles } from './files.ts'
export { activityRoutes } from './routes.ts'
export { type Activity, createActivity } from './service.ts'
