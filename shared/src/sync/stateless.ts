import { z } from 'zod'
import { CommandId } from '../kit/index.ts'

/** Words that the server says into a channel as stateless messages (JSON). Clients send none. */
export const ServerWord = z.discriminatedUnion('type', [
  /** [SAVE-4] The journal cannot write (with why), or can again. */
  z.object({ type: z.literal('saving'), state: z.enum(['stopped', 'resumed']), reason: z.string().optional() }),
  /** What this connection may do now; sent after a join and when it changes. */
  z.object({ type: z.literal('access'), mayWrite: z.boolean() }),
  /** Something that queries show has changed in a workspace: refetch these. Ids and titles are not in it [ACCESS-5]. */
  z.object({
    type: z.literal('changed'),
    topics: z.array(
      z.enum([
        'workspace',
        'members',
        'documents',
        'links',
        'invites',
        'files',
        'account',
        'embedding',
        'shared-links',
      ]),
    ),
    seq: z.number().int(),
    commandId: CommandId.optional(),
  }),
])
export type ServerWord = z.infer<typeof ServerWord>
