export type { Audience, Viewer } from './audiences.ts'
export { documentsRoutes } from './routes.ts'
export { createDocuments, type Documents } from './service.ts'
export type { DocumentTexts, JournalRun, Mentioned } from './textPort.ts'
