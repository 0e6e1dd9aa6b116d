import { z } from 'zod'
import { DocumentId, MentionId, UserId } from '../kit/index.ts'
import { DocumentRole } from './schema.ts'

/**
 * The documents in which somebody's access may have changed, from the one named in the fact downwards. Null: more than
 * are named in one fact (or one from before they were), so anywhere in the workspace.
 */
const touched = z.array(DocumentId).nullable()
/** An event stays in the log for ever: it names at most so many. */
export const touchedLimit = 1_000

/** What happens to documents. */
export const documentFacts = [
  z.object({ type: z.literal('document.created'), documentId: DocumentId, parentId: DocumentId.nullable() }),
  z.object({
    type: z.literal('document.moved'),
    documentId: DocumentId,
    parentId: DocumentId.nullable(),
    /** None where the new place gives everybody what the old one gave. */
    touched: touched.default([]),
  }),
  z.object({ type: z.literal('document.renamed'), documentId: DocumentId }),
  /** An editing spell, told once, at its end: what one author did in one document without a longer pause. */
  z.object({
    type: z.literal('document.edited'),
    documentId: DocumentId,
    /** Milliseconds since 1970: the first and the last edit. The event itself is from later. */
    from: z.number().int(),
    to: z.number().int(),
    /** Updates as the editor sent them. */
    edits: z.number().int(),
    /** Characters, about: what was deleted again in the same spell counts on both sides. */
    added: z.number().int(),
    removed: z.number().int(),
  }),
  /** Somebody was mentioned in the text by the actor, told once however often the mention is copied [NOTIFY-4]. */
  z.object({ type: z.literal('document.mentioned'), documentId: DocumentId, userId: UserId, mentionId: MentionId }),
  z.object({ type: z.literal('document.removed'), documentIds: z.array(DocumentId) }),
  z.object({ type: z.literal('document.restored'), documentIds: z.array(DocumentId) }),
  /** Gone for good: by somebody, or (without an actor) after their time in the trash. */
  z.object({ type: z.literal('document.purged'), documentIds: z.array(DocumentId) }),
  /** Out of the tree, and for reading only; the uppermost first. */
  z.object({ type: z.literal('document.archived'), documentIds: z.array(DocumentId) }),
  z.object({ type: z.literal('document.unarchived'), documentIds: z.array(DocumentId) }),
  z.object({ type: z.literal('document.icon-changed'), documentId: DocumentId }),
  z.object({ type: z.literal('document.template-changed'), documentId: DocumentId, template: z.boolean() }),
  z.object({
    type: z.literal('document.access-changed'),
    documentId: DocumentId,
    userId: UserId,
    /** Null: what was given is taken back, and what comes from above holds again. */
    role: DocumentRole.nullable(),
    touched: touched.default(null),
  }),
  z.object({
    type: z.literal('document.restriction-changed'),
    documentId: DocumentId,
    /** True: only those who are listed on it may open it from now on. */
    restricted: z.boolean(),
    touched,
  }),
  /** The actor asks to see what may not be there at all: only who looks it up tells those who can share it. */
  z.object({ type: z.literal('document.access-asked'), documentId: DocumentId }),
  z.object({ type: z.literal('document.set-aside'), documentId: DocumentId }),
] as const
