import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { ChangeInbox } from './changing.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import type { NotificationRow } from './rows.ts'

interface Place {
  documentId: DocumentId | null
  workspaceId: WorkspaceId | null
}

/** Statements take so many ids at a time. */
const batchSize = 500

/** [NOTIFY-3] What a person may see of what their notifications speak of, asked of the rooms that decide. */
export function createVisibility(deps: NotificationsDependencies) {
  const { storage, documents } = deps
  const settling = new Map<UserId, Promise<void>>()

  async function isVisible(userId: UserId, places: readonly Place[]): Promise<(place: Place) => boolean> {
    const documentIds = [...new Set(places.flatMap(({ documentId }) => (documentId === null ? [] : [documentId])))]
    const roles = await documents.rolesOf(userId, documentIds)
    const member = await storage.read
      .selectFrom('members')
      .where('user_id', '=', userId)
      .select('workspace_id')
      .execute()
    const workspaces = new Set(member.map((row) => row.workspace_id))
    return ({ documentId, workspaceId }) =>
      (workspaceId === null || workspaces.has(workspaceId)) && (documentId === null || roles.has(documentId))
  }

  /**
   * Hides what a person may not see any more, and shows again what they may: a document that came back from the trash.
   * Before an inbox is read, and while it is read whenever access may have changed.
   */
  async function settle(userId: UserId, change: ChangeInbox): Promise<void> {
    // One after the other: what was looked up before an access ended must not be written after what was looked up then.
    const before = settling.get(userId)
    const now = (before ?? Promise.resolve()).catch(() => {}).then(() => settleNow(userId, change))
    settling.set(userId, now)
    try {
      await now
    } finally {
      if (settling.get(userId) === now) settling.delete(userId)
    }
  }

  async function settleNow(userId: UserId, change: ChangeInbox): Promise<void> {
    const rows = await storage.read
      .selectFrom('notifications')
      .where('user_id', '=', userId)
      .select(['document_id as documentId', 'workspace_id as workspaceId', 'hidden'])
      .distinct()
      .execute()
    if (rows.length === 0) return
    const visible = await isVisible(userId, rows)
    const wrong = rows.filter((row) => visible(row) === (row.hidden === 1))
    for (let from = 0; from < wrong.length; from += batchSize) {
      const batch = wrong.slice(from, from + batchSize)
      await storage.transaction((tx) =>
        change(tx, userId, async (seq) => {
          const changed: NotificationRow[] = []
          for (const { documentId, workspaceId, hidden } of batch) {
            const rows = await tx
              .updateTable('notifications')
              .set({ hidden: hidden === 1 ? 0 : 1, seq })
              .where('user_id', '=', userId)
              .where('document_id', 'is', documentId)
              .where('workspace_id', 'is', workspaceId)
              .where('hidden', '=', hidden)
              .returningAll()
              .execute()
            changed.push(...rows)
          }
          return changed
        }),
      )
    }
  }

  return { isVisible, settle }
}
export type Visibility = ReturnType<typeof createVisibility>
