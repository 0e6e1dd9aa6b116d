import { z } from 'zod'
import { DocumentId, WorkspaceId } from '../kit/index.ts'
import { DocumentIcon, DocumentKind, markdownLimit, titleLimit } from './schema.ts'

/** What commands on documents take; those that an outbox may hold are read again from a device with these. */
export const OnDocument = z.object({ documentId: DocumentId })

const afterId = DocumentId.nullable().optional().describe('The sibling to stand behind; null: first; absent: last.')

export const CreateDocument = z.object({
  workspaceId: WorkspaceId,
  /** Made by the client. Then the client writes the title into the text itself, unless `markdown` is given. */
  id: DocumentId.optional(),
  title: z.string().max(titleLimit).default(''),
  parentId: DocumentId.nullable().default(null),
  afterId,
  kind: DocumentKind.default('rich'),
  markdown: z.string().max(markdownLimit).optional(),
})

export const MoveDocument = OnDocument.extend({ parentId: DocumentId.nullable(), afterId })

export const RenameDocument = OnDocument.extend({ title: z.string().trim().max(titleLimit) })

export const SetIcon = OnDocument.extend({ icon: DocumentIcon.nullable().describe('Null: none.') })

export const SetStar = OnDocument.extend({ starred: z.boolean() })

export const SetTemplate = OnDocument.extend({ template: z.boolean() })

export const DuplicateDocument = OnDocument.extend({
  /** Of the copy; made by the client. */
  id: DocumentId.optional(),
  title: z.string().trim().max(titleLimit).optional().describe('Of the copy; absent: that of the original.'),
  parentId: DocumentId.nullable().default(null),
  afterId,
  withBelow: z.boolean().default(false).describe('With what lies below it, as far as one may see that.'),
})
