import { z } from 'zod'
import { DocumentKind } from '../documents/index.ts'
import { DocumentId, UserId } from '../kit/index.ts'

/** What people type at most; the rest of a paste would only make it slow. In UTF-16 code units. */
export const queryLimit = 200

/** Text with what was found in it. It is text, never HTML: whoever shows it makes elements of the marks. */
export const MarkedText = z.object({
  text: z.string(),
  marks: z
    .array(z.tuple([z.number().int(), z.number().int()]))
    .describe('Where words were found: [start, end), in UTF-16 code units of `text`, in order, not overlapping.'),
})
export type MarkedText = z.infer<typeof MarkedText>

/** Among which documents is looked; all of it that is given must fit. */
export const SearchFilter = z.object({
  authorId: UserId.optional().describe('Documents in which this person has written.'),
  from: z.coerce.number().int().optional().describe('Changed not before; milliseconds since 1970.'),
  until: z.coerce.number().int().optional().describe('Changed before; milliseconds since 1970.'),
  below: DocumentId.optional().describe('This document and what lies below it.'),
  kind: DocumentKind.optional(),
  archived: z
    .enum(['without', 'with'])
    .optional()
    .describe('Whether archived documents are among them; absent: without.'),
})
export type SearchFilter = z.infer<typeof SearchFilter>

export const SearchHit = z.object({
  documentId: DocumentId,
  title: MarkedText,
  excerpt: MarkedText.nullable().describe('The best place in the body, or its beginning; null: it is empty.'),
  kind: DocumentKind,
  updatedAt: z.number().int(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const SearchPage = z.object({
  hits: z.array(SearchHit).describe('The best first: those with all words in the title before the others.'),
  next: z.string().nullable().describe('The cursor of the next page; null: there is none.'),
})
export type SearchPage = z.infer<typeof SearchPage>
