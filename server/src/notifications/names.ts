import type { UserId } from '@weft/shared/kit'
import type { Notification, NotificationNames } from '@weft/shared/notifications'
import type { NotificationsDependencies } from './dependencies.ts'

type Named = Pick<Notification, 'documentId' | 'workspaceId' | 'actorIds'>

/** SQLite takes 32,766 variables in one statement; pages and windows have some hundred rows. */
const mostIds = 1_000

/** [ACCESS-5] How that is called now of which notifications speak, as far as their person may see it. */
export function createNames({ storage, documents, people }: NotificationsDependencies) {
  return async (userId: UserId, rows: readonly Named[]): Promise<NotificationNames> => {
    const documentIds = unique(rows.map(({ documentId }) => documentId))
    const workspaceIds = unique(rows.map(({ workspaceId }) => workspaceId))
    const actorIds = unique(rows.flatMap((row) => row.actorIds))
    const visible = [...(await documents.rolesOf(userId, documentIds)).keys()]
    const titles =
      visible.length === 0
        ? []
        : await storage.read
            .selectFrom('documents')
            .where('id', 'in', visible)
            .select(['id', 'title', 'workspace_id as workspaceId'])
            .execute()
    const workspaces =
      workspaceIds.length === 0
        ? []
        : await storage.read
            .selectFrom('members')
            .innerJoin('workspaces', 'workspaces.id', 'members.workspace_id')
            .where('members.user_id', '=', userId)
            .where('members.workspace_id', 'in', workspaceIds)
            .select(['workspaces.id', 'workspaces.name'])
            .execute()
    return { documents: titles, workspaces, people: [...(await people(actorIds)).values()] }
  }
}

const unique = <T>(all: readonly (T | null)[]): T[] =>
  [...new Set(all.flatMap((one) => (one === null ? [] : [one])))].slice(0, mostIds)
