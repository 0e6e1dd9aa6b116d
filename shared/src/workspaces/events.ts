import { z } from 'zod'
import { InviteId, UserId } from '../kit/index.ts'
import { MemberRole } from './schema.ts'

/** What happens to a workspace and its people. */
export const workspaceFacts = [
  z.object({ type: z.literal('workspace.created') }),
  z.object({ type: z.literal('workspace.renamed') }),
  z.object({ type: z.literal('workspace.picture-changed') }),
  /** Whether links to its documents may let anyone in. */
  z.object({ type: z.literal('workspace.public-links-changed'), allowed: z.boolean() }),
  z.object({ type: z.literal('member.joined'), userId: UserId, role: MemberRole, inviteId: InviteId.optional() }),
  z.object({ type: z.literal('member.role-changed'), userId: UserId, from: MemberRole, to: MemberRole }),
  z.object({ type: z.literal('member.removed'), userId: UserId }),
  /** Out of everything, for a time: what was given to them waits. */
  z.object({ type: z.literal('member.suspended'), userId: UserId }),
  z.object({ type: z.literal('member.reinstated'), userId: UserId, role: MemberRole }),
  z.object({ type: z.literal('invite.created'), inviteId: InviteId }),
  z.object({ type: z.literal('invite.withdrawn'), inviteId: InviteId }),
] as const
