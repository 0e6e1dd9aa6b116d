import { z } from 'zod'
import { ApiKeyId, DocumentId, OriginId, UserId, WorkspaceId } from '../kit/index.ts'
import { SocketToken } from '../sync/index.ts'

/** What people without an account can be given; each includes those before it. */
export const outsideRoles = ['view', 'comment', 'suggest', 'edit'] as const
export const OutsideRole = z.enum(outsideRoles)
export type OutsideRole = z.infer<typeof OutsideRole>

/** Days that a key lives; the longest is what a person still remembers. */
export const keyLifetimes = [30, 90, 365] as const
export const keyLimit = 50
export const originLimit = 50

/** Marks and directions that nobody sees, or that turn the rest of a line around. */
const unseen = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

const OneLine = (limit: number) =>
  z
    .string()
    .trim()
    .min(1, 'a name is needed')
    .max(limit)
    .refine((text) => !unseen.test(text), 'characters in it are not seen')

/** Stands behind the name of each person who comes by it. */
export const HostName = OneLine(60)

/** A key by which a host's server asks for tokens. What opens is its secret, which is told once. */
export const ApiKey = z.object({
  id: ApiKeyId,
  workspaceId: WorkspaceId,
  name: z.string().describe('Of the host. Keys of one name have the same people.'),
  prefix: z.string().describe('How its secret begins.'),
  role: OutsideRole.describe('The most that its tokens give.'),
  documentId: DocumentId.nullable().describe(
    'It opens this document and what lies below. Null: all that every member may open.',
  ),
  createdBy: UserId,
  createdAt: z.number().int(),
  expiresAt: z.number().int(),
  usedAt: z.number().int().nullable().describe('To within a minute.'),
})
export type ApiKey = z.infer<typeof ApiKey>

export const CreatedApiKey = ApiKey.extend({ secret: z.string().describe('Told here alone.') })
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

/** A place whose pages may open documents of the workspace: with a token, which none of them has for that alone. */
export const AllowedOrigin = z.object({ id: OriginId, origin: z.string() })
export type AllowedOrigin = z.infer<typeof AllowedOrigin>

/** Seconds. */
export const tokenLifetime = { shortest: 60, usual: 600, longest: 3_600 } as const

/** Who a host asks a token for. */
export const HostUser = z.object({
  id: z.string().trim().min(1).max(200).describe('Who they are to the host: the same id is the same person.'),
  name: OneLine(80),
  image: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable()
    .default(null)
    .describe('The address of their picture, by HTTPS.'),
})
export type HostUser = z.infer<typeof HostUser>

export const HostTokenRequest = z.object({
  documentId: DocumentId,
  user: HostUser,
  role: OutsideRole.default('view').describe('No more than the key’s.'),
  expiresInSeconds: z
    .number()
    .int()
    .min(tokenLifetime.shortest)
    .max(tokenLifetime.longest)
    .default(tokenLifetime.usual),
})
export type HostTokenRequest = z.infer<typeof HostTokenRequest>

/** `userId`: under which the host's person writes here; it is nobody's with an account. */
export const DocumentToken = SocketToken.extend({ userId: UserId })
export type DocumentToken = z.infer<typeof DocumentToken>
