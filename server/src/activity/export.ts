import type { ServerResponse } from 'node:http'
import type { ActivityFilter } from '@weft/shared/activity'
import type { UserId, WorkspaceId } from '@weft/shared/kit'
import { drained } from './drained.ts'
import { exportFormats, namesIn } from './exportFormats.ts'
import type { History } from './history.ts'

const entriesAtOnce = 200
/** Whoever takes nothing of the file for so long is not there. Milliseconds. */
const drainPatience = 60_000

export interface ExportRequest extends ActivityFilter {
  workspaceId: WorkspaceId
  format: keyof typeof exportFormats
}

/**
 * Writes the history as a file, page by page, never more of it in memory than that. Access is asked for each page; an
 * answer that can't be finished is broken off, so that nobody takes it for whole.
 */
export async function writeExport(
  history: Pick<History, 'page'>,
  by: UserId,
  { format, ...filter }: ExportRequest,
  response: ServerResponse,
): Promise<void> {
  const { contentType, extension, head, line } = exportFormats[format]
  let cursor: string | undefined
  do {
    let page: Awaited<ReturnType<History['page']>>
    try {
      page = await history.page(by, { ...filter, cursor, limit: entriesAtOnce })
    } catch (error) {
      if (!response.headersSent) throw error
      response.destroy()
      return
    }
    if (response.destroyed) return
    if (!response.headersSent) {
      response.writeHead(200, {
        'content-type': contentType,
        'content-disposition': `attachment; filename="activity.${extension}"`,
        'cache-control': 'no-store',
      })
      response.write(head)
    }
    const names = namesIn(page)
    response.write(page.entries.map((entry) => line(entry, names(entry))).join(''))
    await drained(response, drainPatience)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && !response.destroyed)
  response.end()
}
