import { z } from 'zod'
import { accountFacts } from '../auth/index.ts'
import { documentFacts } from '../documents/index.ts'
import { embedFacts } from '../embed/index.ts'
import { fileFacts } from '../files/index.ts'
import type { UserId, WorkspaceId } from '../kit/index.ts'
import { notificationFacts } from '../notifications/index.ts'
import { sharedLinkFacts } from '../sharedLinks/index.ts'
import { workspaceFacts } from '../workspaces/index.ts'

/** Facts that happened, one shape a type, each from its room's `events.ts`. They hold ids, not names or titles [ACCESS-5]. */
export const EventFact = z.discriminatedUnion('type', [
  ...accountFacts,
  ...workspaceFacts,
  ...documentFacts,
  ...fileFacts,
  ...embedFacts,
  ...sharedLinkFacts,
  ...notificationFacts,
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
