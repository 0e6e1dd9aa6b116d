import { CommandId, DocumentId, ErrorId, WorkspaceId } from '@weft/shared/kit'
import { z } from 'zod'
import { OutboxCall } from './calls.ts'

/** What a command may change or count on: a document; or one's inbox, whose commands go one after the other. */
const Subject = z.union([z.literal('inbox'), DocumentId])
export type Subject = z.infer<typeof Subject>

/** What somebody did, as their page hands it to the outbox. */
export interface NewCommand {
  commandId: CommandId
  call: OutboxCall
  /** Whose list shows it; null: no workspace's. */
  workspaceId: WorkspaceId | null
  /** How the person knows the thing that it is about. */
  title: string
  /** What it changes, and what it counts on: by these it keeps its order to others (`planOf`). */
  writes: Subject[]
  reads: Subject[]
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
  workspaceId: WorkspaceId.nullable(),
  title: z.string(),
  writes: z.array(Subject),
  reads: z.array(Subject),
  awaits: z.array(DocumentId),
  /** Milliseconds since 1970. */
  at: z.number(),
  state: z.enum(['waiting', 'done', 'refused']),
  refusal: Refusal.optional(),
  /** Of what has been executed: a window that has come to this sequence shows it [EVENT-3]. */
  seq: z.number().optional(),
})
export type OutboxRow = z.infer<typeof OutboxRow>
export type RowState = OutboxRow['state']
