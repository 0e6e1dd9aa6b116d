import { z } from 'zod'
import { ApiKeyId } from '../kit/index.ts'

/** What happens to the ways into a workspace from other people's servers and pages. */
export const embedFacts = [
  z.object({ type: z.literal('embed.key-created'), keyId: ApiKeyId }),
  /** Whoever came in by it is out. */
  z.object({ type: z.literal('embed.key-revoked'), keyId: ApiKeyId }),
  z.object({ type: z.literal('embed.origins-changed') }),
] as const
