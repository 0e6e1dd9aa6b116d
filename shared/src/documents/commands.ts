import { z } from 'zod'
import { DocumentId, WorkspaceId } from '../kit/index.ts'
import { DocumentKind, markdownLimit, titleLimit } from './schema.ts'

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
