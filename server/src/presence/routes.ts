import { api } from '../kit/http/api.ts'
import type { Presence } from './lastSeen.ts'

/** The calls of `presenceContract`. */
export const presenceRoutes = (presence: Presence) => ({
  lastSeen: api.presence.lastSeen.handler(({ context, input }) =>
    presence.lastSeen(context.account.id, input.workspaceId),
  ),
})
