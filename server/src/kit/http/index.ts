export { createHttpServer, listen, localUrl } from './httpServer.ts'
export { allowedOrigins } from './origin.ts'
export { RequestRate } from './requestRate.ts'
export { createWebApp } from './webApp.ts'
