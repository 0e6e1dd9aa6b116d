import { z } from 'zod'
import { DocumentId, SharedLinkId, UserId } from '../kit/index.ts'

/** Whom a link lets in beside those who may open its document anyway. */
export const LinkReach = z.enum(['restricted', 'workspace', 'anyone'])
export type LinkReach = z.infer<typeof LinkReach>

/** Of links that have not been ended, on one document: nobody keeps more of them apart. */
export const linksLimit = 20

/** Short enough to be told by telephone; long ones cost the same to compare. */
export const LinkPassword = z.string().min(6, 'at least 6 characters').max(128)

/** Milliseconds since 1970. */
const expiresAt = z
  .number()
  .int()
  .positive()
  .nullable()
  .describe('From then on it opens nothing; null: never ends by itself.')
const indexed = z
  .boolean()
  .describe('Search engines may list the page; only where anyone may open it without a password.')

export const SharedLink = z.object({
  id: SharedLinkId,
  documentId: DocumentId,
  reach: LinkReach,
  expiresAt,
  hasPassword: z.boolean(),
  indexed,
  createdBy: UserId,
  createdAt: z.number().int(),
  url: z.string().describe('Whoever has it has the link.'),
})
export type SharedLink = z.infer<typeof SharedLink>

const OnDocument = z.object({ documentId: DocumentId })

export const CreateLink = OnDocument.extend({
  /** Made by the client, so that a repeated command finds the link that it has made. */
  id: SharedLinkId.optional(),
  reach: LinkReach.default('anyone'),
  expiresAt: expiresAt.default(null),
  password: LinkPassword.nullable().default(null),
  indexed: indexed.default(false),
})
export type CreateLink = z.infer<typeof CreateLink>

export const OnLink = OnDocument.extend({ linkId: SharedLinkId })

/** What is left out stays as it is: two people who change different things both get theirs. */
export const ChangeLink = OnLink.extend({
  reach: LinkReach.optional(),
  expiresAt: expiresAt.optional(),
  password: LinkPassword.nullable().optional().describe('Null: none from now on.'),
  indexed: indexed.optional(),
})
export type ChangeLink = z.infer<typeof ChangeLink>
