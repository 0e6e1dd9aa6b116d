import { api, openApi } from '../kit/http/api.ts'
import { actorOf } from '../workspaces/index.ts'
import type { Embed } from './service.ts'

/** The calls of `embedContract`. */
export const embedRoutes = (service: Embed) => {
  const on = api.embed
  return {
    keys: on.keys.handler(({ context, input }) => service.keys(context.account.id, input.workspaceId)),
    createKey: on.createKey.handler(({ context, input }) =>
      service.createKey(actorOf(context), input.workspaceId, input),
    ),
    revokeKey: on.revokeKey.handler(({ context, input }) =>
      service.revokeKey(actorOf(context), input.workspaceId, input.keyId),
    ),
    origins: on.origins.handler(({ context, input }) => service.origins(context.account.id, input.workspaceId)),
    addOrigin: on.addOrigin.handler(({ context, input }) =>
      service.addOrigin(actorOf(context), input.workspaceId, input.origin),
    ),
    removeOrigin: on.removeOrigin.handler(({ context, input }) =>
      service.removeOrigin(actorOf(context), input.workspaceId, input.originId),
    ),
    // No cookie: what opens is the key.
    hostToken: openApi.embed.hostToken.handler(({ context, input }) =>
      service.hostToken(context.request.headers.authorization, input),
    ),
    ownToken: on.ownToken.handler(async ({ context, input }) =>
      service.ownToken(context.account.id, await service.signInOf(context.request), input),
    ),
  }
}
