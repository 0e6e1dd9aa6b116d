import { z } from 'zod'
import { Person } from '../auth/index.ts'
import { DocumentRole } from '../documents/index.ts'
import { DocumentId, UserId, type WorkspaceId } from '../kit/index.ts'
import { LinkReach } from '../sharedLinks/index.ts'
import { MemberRole } from '../workspaces/index.ts'

/** What a line of the history says beside who did what where; each field belongs to some types only. */
export const ActivityDetail = z.object({
  /** Of an editing spell: its first edit (`at` is its last), its updates, and characters that came and went. */
  from: z.number().int().optional(),
  edits: z.number().int().optional(),
  added: z.number().int().optional(),
  removed: z.number().int().optional(),
  /** The role that a person has now; null: what was given was taken back. */
  role: z.union([MemberRole, DocumentRole]).nullable().optional(),
  /** A document that is now only for those who are listed on it, or for all again. */
  restricted: z.boolean().optional(),
  /** Whom a link lets in. */
  reach: LinkReach.optional(),
})
export type ActivityDetail = z.infer<typeof ActivityDetail>

/** One line of the history. It holds ids, since many read it: names and titles are looked up for each [ACCESS-5]. */
export const ActivityEntry = z.object({
  seq: z.number().int().describe('Of the event in its workspace.'),
  at: z.number().int().describe('When it happened, in milliseconds since 1970.'),
  type: z.string().describe('Such as document.edited; new ones come with new versions.'),
  actorId: UserId.nullable().describe('Null: the server.'),
  documentId: DocumentId.nullable(),
  subjectId: UserId.nullable().describe('Whom it is about, beside the one who did it.'),
  detail: ActivityDetail,
})
export type ActivityEntry = z.infer<typeof ActivityEntry>

/** Who is told of an event: a workspace, or a document that only some of its people may open, with what lies below. */
export type AudienceId = WorkspaceId | DocumentId

const commaSeparated = z
  .string()
  .max(1_000)
  .transform((text) => text.split(',').filter((part) => part !== ''))

/** What of the history is asked for; all of it that is given must fit. */
export const ActivityFilter = z.object({
  actorId: UserId.optional().describe('What this person did.'),
  documentId: DocumentId.optional(),
  types: commaSeparated.optional().describe('Types, separated by commas.'),
  from: z.coerce.number().int().optional().describe('Not before; milliseconds since 1970.'),
  until: z.coerce.number().int().optional().describe('Before; milliseconds since 1970.'),
  search: z.string().max(200).optional().describe('Words, or their beginnings, of titles and names.'),
})
export type ActivityFilter = z.infer<typeof ActivityFilter>

export const ActivityPage = z.object({
  entries: z.array(ActivityEntry).describe('The newest first.'),
  next: z.string().nullable().describe('The cursor of the next page; null: there is none.'),
  documents: z
    .array(z.object({ id: DocumentId, title: z.string(), inTrash: z.boolean() }))
    .describe('Those that are named in the entries, as they are now.'),
  people: z.array(Person).describe('The same of people.'),
  audiences: z
    .array(z.string())
    .describe('Channels feed/<audience> that show what is new of what was asked for; none for guests.'),
})
export type ActivityPage = z.infer<typeof ActivityPage>
