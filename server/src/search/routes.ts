import { api } from '../kit/http/api.ts'
import type { Search } from './service.ts'

/** The calls of `searchContract`. */
export const searchRoutes = (service: Search) => ({
  documents: api.search.documents.handler(({ context, input }) => service.documents(context.account.id, input)),
})
