import { z } from 'zod'
import { Person } from '../auth/index.ts'
import { InviteId, UserId, WorkspaceId } from '../kit/index.ts'

export const MemberRole = z.enum(['owner', 'admin', 'member', 'guest'])
export type MemberRole = z.infer<typeof MemberRole>

/** Names are shown in one line; 120 characters is twice the longest that fits the sidebar. */
export const nameLimit = 120
export const WorkspaceName = z.string().trim().min(1, 'a name is needed').max(nameLimit)

export const Workspace = z.object({
  id: WorkspaceId,
  name: z.string(),
  /** The address of its picture. */
  image: z.string().nullable().default(null),
  role: MemberRole.describe('Of the person who asks.'),
  // Lists that were kept on a device before this was known are of workspaces that allow it.
  publicLinks: z.boolean().default(true).describe('Links to its documents may let anyone in.'),
  createdAt: z.number().int(),
})
export type Workspace = z.infer<typeof Workspace>

export const Member = Person.extend({
  role: MemberRole,
  joinedAt: z.number().int(),
  lastSeenAt: z.number().int().nullable(),
})
export type Member = z.infer<typeof Member>

/** Belongs to nothing in the workspace until somebody brings them back, in the role that they had. */
export const SuspendedMember = Person.extend({ role: MemberRole, suspendedAt: z.number().int() })
export type SuspendedMember = z.infer<typeof SuspendedMember>

/** What stands in the way of deleting one's account, and what goes with it. */
export const Leaving = z.object({
  handOver: z
    .array(z.object({ id: WorkspaceId, name: z.string() }))
    .describe('Others are there: one of them must own it.'),
  alone: z
    .array(z.object({ id: WorkspaceId, name: z.string() }))
    .describe('Nobody else is there: goes with the account.'),
})
export type Leaving = z.infer<typeof Leaving>

export const Invite = z.object({
  id: InviteId,
  workspaceId: WorkspaceId,
  role: MemberRole.exclude(['owner']),
  createdBy: UserId,
  createdAt: z.number().int(),
  expiresAt: z.number().int(),
  maxUses: z.number().int().nullable(),
  uses: z.number().int(),
  email: z.string().nullable().describe('Whom alone it admits; null: whoever has the link.'),
})
export type Invite = z.infer<typeof Invite>

/** The only answer that holds the secret; it is stored hashed. The link carries it behind `#`, so that no server log or Referer has it. */
export const CreatedInvite = Invite.extend({
  token: z.string(),
  url: z.string(),
  mailed: z.boolean().describe('It is on its way to whom it admits; false: the link has to be handed on.'),
})
export type CreatedInvite = z.infer<typeof CreatedInvite>

export const InvitePreview = z.object({
  workspaceName: z.string(),
  invitedBy: z.string(),
  role: MemberRole,
  email: z.string().nullable().describe('Whom alone it admits.'),
})
export type InvitePreview = z.infer<typeof InvitePreview>
