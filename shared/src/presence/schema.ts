import { z } from 'zod'
import { Person } from '../auth/index.ts'
import { DocumentId, UserId } from '../kit/index.ts'

/** The server's stamp on every awareness state, whatever the client sent [IDENT-1]. */
export const AwarenessUser = Person
export type AwarenessUser = z.infer<typeof AwarenessUser>

export const Availability = z.enum(['online', 'away'])
export type Availability = z.infer<typeof Availability>

/** A relative position as Yjs writes it to JSON; opaque here. */
const RelativePosition = z.record(z.string(), z.unknown())

/** Awareness on `doc/<id>`: who is here and where their caret stands. Unknown fields are dropped. */
export const DocumentAwareness = z.object({
  user: AwarenessUser,
  /** Anchor and head in one of the two fields (other editors know the body alone); null while it has no focus. */
  cursor: z
    .object({ field: z.enum(['title', 'body']).default('body'), anchor: RelativePosition, head: RelativePosition })
    .nullable()
    .default(null),
  /** The topmost visible block, for those who follow. */
  view: z.object({ anchor: RelativePosition }).nullable().default(null),
})
export type DocumentAwareness = z.infer<typeof DocumentAwareness>

/** Awareness on `presence/<workspaceId>`, one for each open page. */
export const WorkspaceAwareness = z.object({
  user: AwarenessUser,
  availability: Availability.default('online'),
  /** What this page shows; dropped by the server unless every member may view it [ACCESS-5]. */
  documentId: DocumentId.nullable().default(null),
  activity: z.enum(['viewing', 'editing']).default('viewing'),
})
export type WorkspaceAwareness = z.infer<typeof WorkspaceAwareness>

export const LastSeen = z.object({ userId: UserId, at: z.number().int() })
export type LastSeen = z.infer<typeof LastSeen>

/** Five minutes without a key, pointer or touch make a page away (ux: Presence). Milliseconds. */
export const awayAfter = 5 * 60_000
