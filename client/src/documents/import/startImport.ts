import type { QueryClient } from '@tanstack/react-query'
import type { UserId, WorkspaceId } from '@weft/shared/kit'
import { toastProblem } from '../../kit/index.ts'
import { documentsKey } from '../queries.ts'
import { type Importing, isImporting, showImporting } from './importing.ts'

/** Runs an import beside whatever the person does meanwhile. One at a time. Its code arrives with the first. */
export async function startImport(
  files: readonly File[],
  around: { client: QueryClient; workspaceId: WorkspaceId; userId: UserId },
): Promise<void> {
  if (isImporting()) return
  const { client, workspaceId, userId } = around
  const ended = new AbortController()
  let current: Importing = {
    workspaceId,
    state: 'reading',
    made: 0,
    documents: 0,
    pictures: 0,
    leftOut: [],
    first: null,
    cancel: () => ended.abort(),
  }
  const tell = (change: Partial<Importing>): void => {
    current = { ...current, ...change, ...(change.leftOut && { leftOut: [...change.leftOut] }) }
    showImporting(current)
  }
  tell({})
  try {
    const { runImport } = await import('./runImport.ts')
    await runImport(files, { workspaceId, userId, ended: ended.signal, tell })
  } catch (error) {
    showImporting(null)
    toastProblem(error)
  } finally {
    void client.invalidateQueries({ queryKey: documentsKey(workspaceId) })
  }
}
