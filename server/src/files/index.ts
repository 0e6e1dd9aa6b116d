export { pictureRoutes, sayPicture, sendFile } from './pictureRoutes.ts'
export { filesRoutes } from './routes.ts'
export { createFiles, type Files } from './service.ts'
