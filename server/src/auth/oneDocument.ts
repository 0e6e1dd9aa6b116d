import type { DocumentRole } from '@weft/shared/documents'
import type { DocumentId, UserId } from '@weft/shared/kit'

/** What lets people in who are no members. A room that makes such people adds its kind; `app.ts` says what each gives. */
export const visitSourceKinds = ['key'] as const
export type VisitSourceKind = (typeof visitSourceKinds)[number]

/** The very thing that let somebody in, and without which they are out again: an API key. */
export interface VisitSource {
  kind: VisitSourceKind
  id: string
}

/** What a token is narrowed to: one document, and no more than a role there [ACCESS-4]. */
export interface OneDocument {
  documentId: DocumentId
  role: DocumentRole
  /** What a visitor's rights come from; null: a person with an account, by their own rights. */
  source: VisitSource | null
}

/**
 * Who is at the other end. A person with an account by all their rights (`only` null), or by fewer; or a visitor, who has
 * no rights but those that a source gives on one document.
 */
export interface Principal {
  userId: UserId
  only: OneDocument | null
}

export const sameSource = (a: VisitSource | null, b: VisitSource | null): boolean =>
  a?.kind === b?.kind && a?.id === b?.id
