import type { WorkspaceId } from '@weft/shared/kit'
import type { Writer } from '../storage/port.ts'
import type { Say } from '../workspaces/index.ts'
import { setRemoved } from './store.ts'

/** So many are told of in one event, as a person would put them into the trash. */
const toldAtOnce = 500

/** Milliseconds since 1970: whatever time things have in the trash, theirs is over. */
const longAgo = 0

/** Puts everything in a workspace into the trash, from which nobody is left to bring it back: it goes with the next cleaning. */
export async function removeAll(tx: Writer, workspaceId: WorkspaceId, say: Say): Promise<void> {
  const rows = await tx
    .selectFrom('documents')
    .where('workspace_id', '=', workspaceId)
    .select(['id', 'removed_at as removedAt'])
    .execute()
  await setRemoved(
    tx,
    rows.map(({ id }) => id),
    longAgo,
  )
  const gone = rows.flatMap(({ id, removedAt }) => (removedAt === null ? [id] : []))
  for (let from = 0; from < gone.length; from += toldAtOnce) {
    await say({ type: 'document.removed', documentIds: gone.slice(from, from + toldAtOnce) })
  }
}
