import { ActivityFilter } from '@weft/shared/activity'
import { WorkspaceId } from '@weft/shared/kit'
import { z } from 'zod'
import { type RawRoute, rawRoute, read } from '../kit/http/index.ts'
import { writeExport } from './export.ts'
import type { Activity } from './service.ts'

const tags = ['activity']
const OnWorkspace = z.object({ workspaceId: WorkspaceId })
const EventSeq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** What of the history is no JSON object: a stream, and files. */
export const activityFiles = (service: Activity): RawRoute[] => [
  rawRoute({
    path: '/workspaces/{workspaceId}/activity/stream',
    summary: 'What happens, as server-sent events: what came after the header Last-Event-ID first, or from now on',
    tags,
    answers: ['text/event-stream'],
    input: OnWorkspace.extend({ lastEventId: EventSeq.optional().describe('For those who cannot send the header.') }),
    async handle({ workspaceId, lastEventId }, { request, response, account, isSignedIn }) {
      const header = request.headers['last-event-id']
      const after =
        header === undefined
          ? lastEventId
          : read(z.object({ lastEventId: EventSeq }), { lastEventId: header }).lastEventId
      await service.streams.open({ userId: account.id, workspaceId, after: after ?? null, isSignedIn }, response)
    },
  }),
  rawRoute({
    path: '/workspaces/{workspaceId}/activity/export',
    summary: 'The history as a file, as far as one may see it, the newest first',
    tags,
    answers: ['text/csv', 'application/jsonl'],
    input: ActivityFilter.extend({ workspaceId: WorkspaceId, format: z.enum(['csv', 'jsonl']).default('csv') }),
    handle: (input, { response, account }) => writeExport(service, account.id, input, response),
  }),
]
