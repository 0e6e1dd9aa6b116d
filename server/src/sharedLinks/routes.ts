import { api } from '../kit/http/api.ts'
import { actorOf } from '../workspaces/index.ts'
import type { SharedLinks } from './service.ts'

/** The calls of `sharedLinksContract`. */
export const sharedLinksRoutes = ({ commands }: SharedLinks) => {
  const on = api.sharedLinks
  return {
    list: on.list.handler(({ context, input }) => commands.list(context.account.id, input.documentId)),
    create: on.create.handler(({ context, input }) => commands.create(actorOf(context), input)),
    change: on.change.handler(({ context, input }) => commands.change(actorOf(context), input)),
    end: on.end.handler(({ context, input }) => commands.end(actorOf(context), input)),
  }
}
