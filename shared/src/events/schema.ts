import { z } from 'zod'
import { DocumentRole } from '../documents/index.ts'
import { DocumentId, InviteId, UserId, type WorkspaceId } from '../kit/index.ts'
import { MemberRole } from '../workspaces/index.ts'

/**
 * The documents in which somebody's access may have changed, from the one named in the fact downwards. Null: more than
 * are named in one fact (or one from before they were), so anywhere in the workspace.
 */
const touched = z.array(DocumentId).nullable()
/** An event stays in the log for ever: it names at most so many. */
export const touchedLimit = 1_000

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
  z.object({
    type: z.literal('document.moved'),
    documentId: DocumentId,
    parentId: DocumentId.nullable(),
    /** None where the new place gives everybody what the old one gave. */
    touched: touched.default([]),
  }),
  z.object({ type: z.literal('document.renamed'), documentId: DocumentId }),
  z.object({ type: z.literal('document.removed'), documentIds: z.array(DocumentId) }),
  z.object({ type: z.literal('document.restored'), documentIds: z.array(DocumentId) }),
  z.object({
    type: z.literal('document.access-changed'),
    documentId: DocumentId,
    userId: UserId,
    /** Null: what was given is taken back, and what comes from above holds again. */
    role: DocumentRole.nullable(),
    touched: touched.default(null),
  }),
  z.object({
    type: z.literal('document.restriction-changed'),
    documentId: DocumentId,
    /** True: only those who are listed on it may open it from now on. */
    restricted: z.boolean(),
    touched,
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
