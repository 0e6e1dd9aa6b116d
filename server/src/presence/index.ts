export { createPresence, type Presence } from './lastSeen.ts'
export { presenceRoutes } from './routes.ts'
