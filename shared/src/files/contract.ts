import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DocumentId, FileId } from '../kit/index.ts'
import { LinkPreview, WebAddress } from './schema.ts'

const tags = ['files']

export const AttachFile = z.object({ documentId: DocumentId, fileId: FileId })

/** Beside these are three routes whose bodies are no JSON: a picture up, a picture down, a picture from elsewhere. */
export const filesContract = {
  attach: oc
    .route({
      method: 'POST',
      path: '/documents/{documentId}/files',
      summary: 'Show a picture of a document that one may see in another one too',
      tags,
    })
    .input(AttachFile)
    .output(z.object({ seq: z.number().int().describe('The event sequence of the change in its workspace.') })),
  linkPreview: oc
    .route({
      method: 'GET',
      path: '/link-preview',
      summary: 'What a page elsewhere says of itself; null: nothing that can be shown',
      tags,
    })
    .input(z.object({ address: WebAddress }))
    .output(LinkPreview.nullable()),
}
