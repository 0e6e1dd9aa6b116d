import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Reader, Writer } from '../storage/port.ts'

interface Suspension {
  role: MemberRole
  /** When they came, which they keep. */
  joinedAt: number
}

export const readSuspended = (db: Reader, workspaceId: WorkspaceId) =>
  db
    .selectFrom('suspended_members')
    .where('workspace_id', '=', workspaceId)
    .select(['user_id as userId', 'role', 'suspended_at as suspendedAt'])
    .orderBy('suspended_at')
    .orderBy('user_id')
    .execute()

/** Null: is not suspended there. */
export async function readSuspension(db: Reader, workspaceId: WorkspaceId, userId: UserId): Promise<Suspension | null> {
  const row = await db
    .selectFrom('suspended_members')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .select(['role', 'joined_at as joinedAt'])
    .executeTakeFirst()
  return row ?? null
}

export async function readSuspensionsOf(db: Reader, userId: UserId): Promise<WorkspaceId[]> {
  const rows = await db.selectFrom('suspended_members').where('user_id', '=', userId).select('workspace_id').execute()
  return rows.map((row) => row.workspace_id)
}

export async function insertSuspension(
  tx: Writer,
  row: Suspension & { workspaceId: WorkspaceId; userId: UserId; at: number },
): Promise<void> {
  await tx
    .insertInto('suspended_members')
    .values({
      workspace_id: row.workspaceId,
      user_id: row.userId,
      role: row.role,
      joined_at: row.joinedAt,
      suspended_at: row.at,
    })
    .execute()
}

export async function deleteSuspension(tx: Writer, workspaceId: WorkspaceId, userId: UserId): Promise<void> {
  await tx
    .deleteFrom('suspended_members')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .execute()
}
