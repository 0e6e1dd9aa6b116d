import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DocumentId } from '../kit/index.ts'
import { ChangeLink, CreateLink, OnLink, SharedLink } from './schema.ts'

const tags = ['shared links']

/** What a link opens is no call: pages and pictures below `/s/…`, for browsers. */
export const sharedLinksContract = {
  list: oc
    .route({ method: 'GET', path: '/documents/{documentId}/shared-links', summary: 'The links of a document', tags })
    .input(z.object({ documentId: DocumentId }))
    .output(z.array(SharedLink)),
  create: oc
    .route({
      method: 'POST',
      path: '/documents/{documentId}/shared-links',
      successStatus: 201,
      summary: 'Make a link by which a document can be read',
      tags,
    })
    .input(CreateLink)
    .output(SharedLink),
  change: oc
    .route({
      method: 'PATCH',
      path: '/documents/{documentId}/shared-links/{linkId}',
      summary: 'Change whom a link lets in, until when, and how; what is left out stays',
      tags,
    })
    .input(ChangeLink)
    .output(SharedLink),
  end: oc
    .route({
      method: 'DELETE',
      path: '/documents/{documentId}/shared-links/{linkId}',
      summary: 'End a link for good, at once',
      tags,
    })
    .input(OnLink)
    .output(z.object({ seq: z.number().int().describe('The event sequence of the change in its workspace.') })),
}
