import { z } from 'zod'
import { DocumentRole } from '../documents/index.ts'
import { DocumentId, InviteId, UserId, type WorkspaceId } from '../kit/index.ts'
import { MemberRole } from '../workspaces/index.ts'

/** Facts that happened, one shape a type. They hold ids, not names or titles [ACCESS-5]. */
export const EventFact = z.discriminatedUnion('type', [
  z.object({ type: z.literal('workspace.created') }),
  z.object({ type: z.literal('workspace.renamed') }),
  z.object({ type: z.literal('member.joined'), userId: UserId, role: MemberRole, inviteId: InviteId.optional() }),
  z.object({ type: z.literal('member.role-changed'), userId: UserId, from: MemberRole, to: MemberRole }),
  z.object({ type: z.literal('member.removed'), userId: UserId }),
  z.object({ type: z.literal('invite.created'), inviteId: InviteId }),
  z.object({ type: z.literal('invite.withdrawn'), inviteId: InviteId }),
  z.object({ type: z.literal('document.created'), documentId: DocumentId, parentId: DocumentId.nullable() }),
  z.object({ type: z.literal('document.moved'), documentId: DocumentId, parentId: DocumentId.nullable() }),
  z.object({ type: z.literal('document.renamed'), documentId: DocumentId }),
  z.object({ type: z.literal('document.removed'), documentIds: z.array(DocumentId) }),
  z.object({ type: z.literal('document.restored'), documentIds: z.array(DocumentId) }),
  z.object({
    type: z.literal('document.access-changed'),
    documentId: DocumentId,
    userId: UserId,
    role: DocumentRole.nullable(),
  }),
  z.object({ type: z.literal('document.set-aside'), documentId: DocumentId }),
])
export type EventFact = z.infer<typeof EventFact>
export type EventType = EventFact['type']
export type FactOf<T extends EventType> = Extract<EventFact, { type: T }>

/** Events of no workspace are counted under this scope [EVENT-3]. */
export const installationScope = 'installation'
export type EventScope = WorkspaceId | typeof installationScope

/** One row of the log. `seq` grows by one in each scope. */
export interface WeftEvent<F extends EventFact = EventFact> {
  scope: EventScope
  seq: number
  /** Milliseconds since 1970. */
  at: number
  /** Null: the server itself. */
  actorId: UserId | null
  fact: F
}
