import { oc } from '@orpc/contract'
import { z } from 'zod'
import { WorkspaceId } from '../kit/index.ts'
import { ActivityFilter, ActivityPage } from './schema.ts'

export const activityContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/activity',
      summary: 'What happened in a workspace, as far as one may see it',
      tags: ['activity'],
    })
    .input(
      ActivityFilter.extend({
        workspaceId: WorkspaceId,
        cursor: z
          .string()
          .regex(/^\d{1,16}-\d{1,16}$/, 'not a cursor')
          .optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    )
    .output(ActivityPage),
}
