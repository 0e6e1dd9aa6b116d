export { sharedLinksRoutes } from './routes.ts'
export { createSharedLinks, type SharedLinks } from './service.ts'
