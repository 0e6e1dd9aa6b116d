import type { Account } from '@weft/shared/auth'
import { api, openApi, type RequestContext } from '../kit/http/api.ts'
import type { Actor } from './commit.ts'
import type { Workspaces } from './service.ts'

export const actorOf = ({ account, commandId }: RequestContext & { account: Account }): Actor => ({
  userId: account.id,
  commandId,
})

/** The calls of `workspacesContract`. */
export const workspacesRoutes = (service: Workspaces) => {
  const on = api.workspaces
  return {
    list: on.list.handler(({ context }) => service.list(context.account.id)),
    get: on.get.handler(({ context, input }) => service.get(context.account.id, input.workspaceId)),
    create: on.create.handler(({ context, input }) => service.create(actorOf(context), input)),
    rename: on.rename.handler(({ context, input }) => service.rename(actorOf(context), input.workspaceId, input.name)),
    setPublicLinks: on.setPublicLinks.handler(({ context, input }) =>
      service.setPublicLinks(actorOf(context), input.workspaceId, input.allowed),
    ),
    setPicture: on.setPicture.handler(({ context, input }) =>
      service.setPicture(actorOf(context), input.workspaceId, input.data),
    ),
    clearPicture: on.clearPicture.handler(({ context, input }) =>
      service.setPicture(actorOf(context), input.workspaceId, null),
    ),
    members: on.members.handler(({ context, input }) => service.members(context.account.id, input.workspaceId)),
    setRole: on.setRole.handler(({ context, input }) =>
      service.setRole(actorOf(context), input.workspaceId, input.userId, input.role),
    ),
    removeMember: on.removeMember.handler(({ context, input }) =>
      service.removeMember(actorOf(context), input.workspaceId, input.userId),
    ),
    suspended: on.suspended.handler(({ context, input }) => service.suspended(context.account.id, input.workspaceId)),
    suspendMember: on.suspendMember.handler(({ context, input }) =>
      service.suspendMember(actorOf(context), input.workspaceId, input.userId),
    ),
    reinstateMember: on.reinstateMember.handler(({ context, input }) =>
      service.reinstateMember(actorOf(context), input.workspaceId, input.userId),
    ),
    handOver: on.handOver.handler(({ context, input }) =>
      service.handOver(actorOf(context), input.workspaceId, input.userId),
    ),
    leaving: on.leaving.handler(({ context }) => service.leaving(context.account.id)),
    invites: on.invites.handler(({ context, input }) => service.invites(context.account.id, input.workspaceId)),
    invite: on.invite.handler(({ context, input }) => service.invite(actorOf(context), input.workspaceId, input)),
    withdrawInvite: on.withdrawInvite.handler(({ context, input }) =>
      service.withdrawInvite(actorOf(context), input.workspaceId, input.inviteId),
    ),
    // Strangers see it before they sign up; the secret is what opens it.
    previewInvite: openApi.workspaces.previewInvite.handler(({ input }) => service.previewInvite(input.token)),
    acceptInvite: on.acceptInvite.handler(({ context, input }) => service.acceptInvite(actorOf(context), input.token)),
  }
}
