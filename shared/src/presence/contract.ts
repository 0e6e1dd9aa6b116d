import { oc } from '@orpc/contract'
import { z } from 'zod'
import { WorkspaceId } from '../kit/index.ts'
import { LastSeen } from './schema.ts'

export const presenceContract = {
  lastSeen: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/last-seen',
      summary: 'When members were last here',
      tags: ['presence'],
    })
    .input(z.object({ workspaceId: WorkspaceId }))
    .output(z.array(LastSeen)),
}
