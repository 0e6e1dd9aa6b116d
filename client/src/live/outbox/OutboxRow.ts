import { CommandId, DocumentId, ErrorId, WorkspaceId } from '@weft/shared/kit'
import { z } from 'zod'
import { OutboxCall } from './calls.ts'

/** What somebody did, as their page hands it to the outbox. */
export interface NewCommand {
  commandId: CommandId
  call: OutboxCall
  /** Whose list shows it. */
  workspaceId: WorkspaceId
  /** How the person knows the thing that it is about. */
  title: string
  /** Documents that it changes, and those that it counts on: by these it keeps its order to others (`planOf`). */
  writes: DocumentId[]
  reads: DocumentId[]
  /** Documents whose text, as it is here, must be on the server before it [EVENT-4]. */
  awaits: DocumentId[]
}

/** Why a command will not be executed as it is: what the server said, or that it has waited for too long. */
const Refusal = z.object({
  why: z.union([ErrorId, z.enum(['too-old', 'needed'])]),
  message: z.string().optional(),
})
export type Refusal = z.infer<typeof Refusal>

/**
 * A command on the device. `waiting`: the server is not known to have executed it; `done`: it has, and a list that
 * shows it has not arrived yet; `refused`: rolled back, and kept for the person to look at.
 */
export const OutboxRow = z.object({
  /** Grows with each command of this device. */
  order: z.number(),
  commandId: CommandId,
  call: OutboxCall,
  workspaceId: WorkspaceId,
  title: z.string(),
  writes: z.array(DocumentId),
  reads: z.array(DocumentId),
  awaits: z.array(DocumentId),
  /** Milliseconds since 1970. */
  at: z.number(),
  state: z.enum(['waiting', 'done', 'refused']),
  refusal: Refusal.optional(),
})
export type OutboxRow = z.infer<typeof OutboxRow>
export type RowState = OutboxRow['state']
