import { oc } from '@orpc/contract'
import { z } from 'zod'
import { WorkspaceId } from '../kit/index.ts'
import { queryLimit, SearchFilter, SearchPage } from './schema.ts'

export const searchContract = {
  documents: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/search',
      summary: 'Documents by the words of their titles and texts, as far as one may see them',
      tags: ['search'],
    })
    .input(
      SearchFilter.extend({
        workspaceId: WorkspaceId,
        query: z
          .string()
          .max(queryLimit)
          .describe('Words in any order, "phrases" in quotes; the last word may be the beginning of one.'),
        cursor: z
          .string()
          .regex(/^\d{1,3}\.\d{1,16}\.[A-Za-z0-9_-]{16,40}$/, 'not a cursor')
          .optional(),
        limit: z.coerce.number().int().min(1).max(50).default(20),
      }),
    )
    .output(SearchPage),
}
