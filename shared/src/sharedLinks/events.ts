import { z } from 'zod'
import { DocumentId, SharedLinkId } from '../kit/index.ts'
import { LinkReach } from './schema.ts'

/** What happens to links; whom they let in is told, how they are opened is not. */
export const sharedLinkFacts = [
  z.object({ type: z.literal('document.link-made'), documentId: DocumentId, linkId: SharedLinkId, reach: LinkReach }),
  z.object({
    type: z.literal('document.link-changed'),
    documentId: DocumentId,
    linkId: SharedLinkId,
    reach: LinkReach,
  }),
  z.object({ type: z.literal('document.link-ended'), documentId: DocumentId, linkId: SharedLinkId }),
] as const
