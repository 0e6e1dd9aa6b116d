export { embedRoutes } from './routes.ts'
export { createEmbed, type Embed } from './service.ts'
