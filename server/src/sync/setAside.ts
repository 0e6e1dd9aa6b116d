import type { DocumentId } from '@weft/shared/kit'
import type { SyncDependencies } from './dependencies.ts'

/** [SAVE-7] Marks a document as not readable, once and with its event; an operator clears it. `why` is for people. */
export async function setAside(
  { storage, events }: Pick<SyncDependencies, 'storage' | 'events'>,
  documentId: DocumentId,
  why: string,
): Promise<void> {
  await storage.transaction(async (tx) => {
    const row = await tx
      .selectFrom('documents')
      .select(['workspace_id', 'set_aside'])
      .where('id', '=', documentId)
      .executeTakeFirst()
    if (row === undefined || row.set_aside !== null) return
    await tx.updateTable('documents').set({ set_aside: why }).where('id', '=', documentId).execute()
    await events.append(tx, row.workspace_id, null, { type: 'document.set-aside', documentId })
  })
}
