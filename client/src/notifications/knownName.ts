import { Person } from '@weft/shared/auth'
import { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { z } from 'zod'

/** How something was called when it was last seen; kept on the device for the time without a connection. */
export const KnownName = z.discriminatedUnion('type', [
  z.object({ type: z.literal('document'), id: DocumentId, name: z.string() }),
  z.object({ type: z.literal('workspace'), id: WorkspaceId, name: z.string() }),
  z.object({ type: z.literal('person'), ...Person.shape }),
])
export type KnownName = z.infer<typeof KnownName>
