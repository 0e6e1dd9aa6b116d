import { z } from 'zod'
import { DocumentId, UserId, WorkspaceId } from '../kit/index.ts'

/** Each role includes those before it. Comments and suggestions have no rooms yet: until then these two may view. */
export const DocumentRole = z.enum(['view', 'comment', 'suggest', 'edit', 'manage'])
export type DocumentRole = z.infer<typeof DocumentRole>

export const DocumentKind = z.enum(['rich', 'plain'])
export type DocumentKind = z.infer<typeof DocumentKind>

export const titleLimit = 300
/** What is in the trash for longer goes for good. Days. */
export const trashDays = 30
/** Documents that are duplicated at once, with what lies below. */
export const duplicateLimit = 100

const emoji = /^\p{RGI_Emoji}$/v

/** One emoji. Its longest ones, families and flags, are some twenty code units. */
export const DocumentIcon = z
  .string()
  .max(40)
  .refine((text) => emoji.test(text), 'not an emoji')
export type DocumentIcon = z.infer<typeof DocumentIcon>
/** The largest Markdown that becomes a document; its text stays well below the largest frame. In characters. */
export const markdownLimit = 2_000_000

export const Document = z.object({
  id: DocumentId,
  workspaceId: WorkspaceId,
  parentId: DocumentId.nullable(),
  /** Sorts among its siblings, compared as strings by UTF-16 code units; ties by id. See `rules.ts`. */
  position: z.string(),
  title: z.string().describe('A projection of the text, a moment behind it.'),
  kind: DocumentKind,
  role: DocumentRole.describe('Of the person who asks.'),
  // Lists that were kept on a device before these were known are of documents for everybody.
  restricted: z.boolean().default(false).describe('Only those who are listed on it may open it, and what lies below.'),
  narrower: z.boolean().default(false).describe('Not all members of the workspace may open it.'),
  icon: z.string().nullable().default(null).describe('An emoji.'),
  template: z.boolean().default(false).describe('New documents are made from it.'),
  archivedAt: z.number().int().nullable().default(null).describe('Since then out of the tree and for reading only.'),
  starredAt: z.number().int().nullable().default(null).describe('When the person who asks put it among their own.'),
  createdBy: UserId,
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
})
export type Document = z.infer<typeof Document>

/** In the trash; what lies below it and went there with it comes back with it. */
export const RemovedDocument = Document.extend({ removedAt: z.number().int() })
export type RemovedDocument = z.infer<typeof RemovedDocument>

/** Access given to one person on one document; it holds for what lies below until something nearer says otherwise. */
export const AccessGrant = z.object({ userId: UserId, role: DocumentRole })
export type AccessGrant = z.infer<typeof AccessGrant>

/** Why somebody may open a document. */
export const AccessOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('here') }).describe('It was given on this very document.'),
  z.object({ kind: z.literal('workspace') }).describe('By the role in the workspace.'),
  z
    .object({ kind: z.literal('above'), title: z.string().nullable() })
    .describe('It was given on a document above; without its title where the person who asks may not see that one.'),
])
export type AccessOrigin = z.infer<typeof AccessOrigin>

const AccessHeld = z.object({ role: DocumentRole, origin: AccessOrigin })

export const DocumentPerson = AccessHeld.extend({
  userId: UserId,
  inherited: AccessHeld.nullable().describe('What is left when nothing is given on this document; null: nothing.'),
})
export type DocumentPerson = z.infer<typeof DocumentPerson>

/** Who may open a document, and why. */
export const DocumentPeople = z.object({
  restricted: z.boolean().describe('Only those who are listed on this document may open it.'),
  above: z
    .object({ title: z.string().nullable() })
    .nullable()
    .describe('The nearest document above that is restricted itself; null: what lies above is for the workspace.'),
  others: z
    .number()
    .int()
    .describe('How many people lose access when it is restricted, or get it when it no longer is.'),
  people: z.array(DocumentPerson),
})
export type DocumentPeople = z.infer<typeof DocumentPeople>

/** A document that leads to another one. */
export const Backlink = Document.pick({ id: true, title: true, kind: true, updatedAt: true })
export type Backlink = z.infer<typeof Backlink>

/** Of one person in a day. */
export const openRequestsLimit = 20
/** So long after asking one may ask again, whether somebody has refused or nobody has answered; ms. */
export const askedAgainAfter = 7 * 86_400_000

/** Somebody who asked to see a document, and waits. */
export const AccessRequest = z.object({ userId: UserId, at: z.number().int() })
export type AccessRequest = z.infer<typeof AccessRequest>
