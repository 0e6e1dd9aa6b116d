import { z } from 'zod'
import { DocumentId, UserId, WorkspaceId } from '../kit/index.ts'

/** Each role includes those before it. Comment and suggest have no rooms yet; they may view. */
export const DocumentRole = z.enum(['view', 'comment', 'suggest', 'edit', 'manage'])
export type DocumentRole = z.infer<typeof DocumentRole>

export const DocumentKind = z.enum(['rich', 'plain'])
export type DocumentKind = z.infer<typeof DocumentKind>

export const titleLimit = 300
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
  /** Lists that were kept on a device before this was known are of documents for everybody. */
  narrower: z.boolean().default(false).describe('Not all members of the workspace may open it.'),
  createdBy: UserId,
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
})
export type Document = z.infer<typeof Document>

/** In the trash; what lies below it and went there with it comes back with it. */
export const RemovedDocument = Document.extend({ removedAt: z.number().int() })
export type RemovedDocument = z.infer<typeof RemovedDocument>

/** Access given to one person on one document, beside what the workspace gives. */
export const AccessGrant = z.object({ userId: UserId, role: DocumentRole })
export type AccessGrant = z.infer<typeof AccessGrant>
