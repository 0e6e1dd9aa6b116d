export { addressHeader } from './accountLibrary.ts'
export { inviteHeader } from './admission.ts'
export { type Auth, createAuth } from './createAuth.ts'
export { authRoutes, syncTokenRoutes } from './routes.ts'
