import { api } from '../kit/http/api.ts'
import { actorOf } from '../workspaces/index.ts'
import type { Files } from './service.ts'

/** The calls of `filesContract`. */
export const filesRoutes = (service: Files) => ({
  attach: api.files.attach.handler(({ context, input }) =>
    service.attach(actorOf(context), input.documentId, input.fileId),
  ),
  linkPreview: api.files.linkPreview.handler(({ context, input }) =>
    service.previews.page(context.account.id, input.address),
  ),
})
