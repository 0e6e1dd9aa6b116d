import { oc } from '@orpc/contract'
import { z } from 'zod'
import { PictureUpload } from '../auth/index.ts'
import { InviteId, UserId, WorkspaceId } from '../kit/index.ts'
import {
  CreatedInvite,
  Invite,
  InvitePreview,
  Leaving,
  Member,
  MemberRole,
  SuspendedMember,
  Workspace,
  WorkspaceName,
} from './schema.ts'

const tags = ['workspaces']
const InWorkspace = z.object({ workspaceId: WorkspaceId })
const Done = z.object({ seq: z.number().int().describe('The event sequence of the change in its workspace.') })
const Token = z.object({ token: z.string().min(20).max(100) })

export const workspacesContract = {
  list: oc
    .route({ method: 'GET', path: '/workspaces', summary: 'The workspaces one belongs to', tags })
    .output(z.array(Workspace)),
  get: oc
    .route({ method: 'GET', path: '/workspaces/{workspaceId}', summary: 'One workspace', tags })
    .input(InWorkspace)
    .output(Workspace),
  create: oc
    .route({ method: 'POST', path: '/workspaces', successStatus: 201, summary: 'Create a workspace', tags })
    .input(z.object({ id: WorkspaceId.optional(), name: WorkspaceName }))
    .output(Workspace),
  rename: oc
    .route({ method: 'PATCH', path: '/workspaces/{workspaceId}', summary: 'Rename a workspace', tags })
    .input(InWorkspace.extend({ name: WorkspaceName }))
    .output(Workspace),
  setPicture: oc
    .route({
      method: 'PUT',
      path: '/workspaces/{workspaceId}/picture',
      summary: 'Change the picture of a workspace: WebP or PNG in base64',
      tags,
    })
    .input(InWorkspace.extend(PictureUpload.shape))
    .output(Workspace),
  clearPicture: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/picture',
      summary: 'Do without the picture of a workspace',
      tags,
    })
    .input(InWorkspace)
    .output(Workspace),
  setPublicLinks: oc
    .route({
      method: 'PUT',
      path: '/workspaces/{workspaceId}/public-links',
      summary: 'Say whether links to documents may let anyone in; those that there are follow at once',
      tags,
    })
    .input(InWorkspace.extend({ allowed: z.boolean() }))
    .output(Workspace),
  members: oc
    .route({ method: 'GET', path: '/workspaces/{workspaceId}/members', summary: 'Who belongs to a workspace', tags })
    .input(InWorkspace)
    .output(z.array(Member)),
  setRole: oc
    .route({
      method: 'PATCH',
      path: '/workspaces/{workspaceId}/members/{userId}',
      summary: "Change a member's role",
      tags,
    })
    .input(InWorkspace.extend({ userId: UserId, role: MemberRole.exclude(['owner']) }))
    .output(Done),
  removeMember: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/members/{userId}',
      summary: 'Remove a member, or leave',
      tags,
    })
    .input(InWorkspace.extend({ userId: UserId }))
    .output(Done),
  suspended: oc
    .route({ method: 'GET', path: '/workspaces/{workspaceId}/suspended', summary: 'Who is suspended from it', tags })
    .input(InWorkspace)
    .output(z.array(SuspendedMember)),
  suspendMember: oc
    .route({
      method: 'PUT',
      path: '/workspaces/{workspaceId}/suspended/{userId}',
      summary: 'Suspend a member: out of everything at once, until they are brought back',
      tags,
    })
    .input(InWorkspace.extend({ userId: UserId }))
    .output(Done),
  reinstateMember: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/suspended/{userId}',
      summary: 'Bring a suspended member back, with the role and all that was given to them',
      tags,
    })
    .input(InWorkspace.extend({ userId: UserId }))
    .output(Done),
  handOver: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/owner',
      summary: 'Hand a workspace over to another member; whoever owned it becomes an admin',
      tags,
    })
    .input(InWorkspace.extend({ userId: UserId }))
    .output(Done),
  leaving: oc
    .route({ method: 'GET', path: '/me/leaving', summary: 'What becomes of the workspaces one owns if one goes', tags })
    .output(Leaving),
  invites: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/invites',
      summary: 'Invitations that can still be used',
      tags,
    })
    .input(InWorkspace)
    .output(z.array(Invite)),
  invite: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/invites',
      successStatus: 201,
      summary: 'Invite by link, or by e-mail',
      tags,
    })
    .input(
      InWorkspace.extend({
        id: InviteId.optional(),
        role: MemberRole.exclude(['owner']).default('member'),
        expiresInHours: z
          .number()
          .int()
          .min(1)
          .max(24 * 90)
          .default(24 * 7),
        maxUses: z.number().int().min(1).max(10_000).nullable().default(null),
        email: z
          .email('not an e-mail address')
          .max(254)
          .optional()
          .describe('Sent to this address, and good for it alone, once.'),
      }),
    )
    .output(CreatedInvite),
  withdrawInvite: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/invites/{inviteId}',
      summary: 'Withdraw an invitation',
      tags,
    })
    .input(InWorkspace.extend({ inviteId: InviteId }))
    .output(Done),
  previewInvite: oc
    .route({ method: 'POST', path: '/invites/preview', summary: 'What an invitation opens', tags })
    .input(Token)
    .output(InvitePreview),
  acceptInvite: oc
    .route({ method: 'POST', path: '/invites/accept', summary: 'Join by an invitation', tags })
    .input(Token)
    .output(Workspace),
}
