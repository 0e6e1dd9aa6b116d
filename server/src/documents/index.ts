export { documentsRoutes } from './routes.ts'
export { createDocuments, type Documents } from './service.ts'
export type { DocumentTexts } from './textPort.ts'
