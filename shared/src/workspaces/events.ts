import { z } from 'zod'
import { InviteId, UserId } from '../kit/index.ts'
import { MemberRole } from './schema.ts'

/** What happens to a workspace and its people. */
export const workspaceFacts = [
  z.object({ type: z.literal('workspace.created') }),
  z.object({ type: z.literal('workspace.renamed') }),
  z.object({ type: z.literal('member.joined'), userId: UserId, role: MemberRole, inviteId: InviteId.optional() }),
  z.object({ type: z.literal('member.role-changed'), userId: UserId, from: MemberRole, to: MemberRole }),
  z.object({ type: z.literal('member.removed'), userId: UserId }),
  z.object({ type: z.literal('invite.created'), inviteId: InviteId }),
  z.object({ type: z.literal('invite.withdrawn'), inviteId: InviteId }),
] as const
