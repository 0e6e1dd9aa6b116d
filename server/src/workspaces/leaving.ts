import { type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import type { Leaving } from '@weft/shared/workspaces'
import type { Reader } from '../storage/port.ts'
import type { WorkspacesDependencies } from './dependencies.ts'
import { deleteMember, forgetInvited, readRole, readWorkspaces } from './store.ts'
import { deleteSuspension, readSuspensionsOf } from './suspensionStore.ts'

/** Somebody else belongs there, be it that they are suspended. */
async function hasOthers(db: Reader, workspaceId: WorkspaceId, userId: UserId): Promise<boolean> {
  for (const table of ['members', 'suspended_members'] as const) {
    const other = await db
      .selectFrom(table)
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '!=', userId)
      .select('user_id')
      .executeTakeFirst()
    if (other !== undefined) return true
  }
  return false
}

/** How a person goes from everywhere at once. */
export function createLeaving(deps: WorkspacesDependencies) {
  const { storage, commit, clock, forgetMember, removeDocuments, mailAddress } = deps

  async function leaving(by: UserId): Promise<Leaving> {
    const found: Leaving = { handOver: [], alone: [] }
    for (const { id, name, role } of await readWorkspaces(storage.read, by)) {
      const others = await hasOthers(storage.read, id, by)
      if (!others) found.alone.push({ id, name })
      else if (role === 'owner') found.handOver.push({ id, name })
    }
    return found
  }

  async function leave(userId: UserId, workspaceId: WorkspaceId): Promise<void> {
    await commit({ userId, commandId: null }, workspaceId, async (tx, say) => {
      const role = await readRole(tx, userId, workspaceId)
      if (role === null) return
      const others = await hasOthers(tx, workspaceId, userId)
      if (others && role === 'owner') throw new WeftError('conflict', 'Hand over the workspaces that you own first.')
      if (!others) await removeDocuments(tx, workspaceId, say)
      await forgetMember(tx, userId, workspaceId)
      await deleteMember(tx, workspaceId, userId)
      await say({ type: 'member.removed', userId })
    })
  }

  return {
    leaving,

    /** Throws `conflict`, and changes nothing, while others would be left without an owner. May be called again. */
    async leaveAll(userId: UserId): Promise<void> {
      const { handOver } = await leaving(userId)
      if (handOver.length > 0) throw new WeftError('conflict', 'Hand over the workspaces that you own first.')
      for (const { id } of await readWorkspaces(storage.read, userId)) await leave(userId, id)
      for (const workspaceId of await readSuspensionsOf(storage.read, userId)) {
        await commit({ userId, commandId: null }, workspaceId, async (tx, say) => {
          await forgetMember(tx, userId, workspaceId)
          await deleteSuspension(tx, workspaceId, userId)
          await say({ type: 'member.removed', userId })
        })
      }
      const email = await mailAddress(userId)
      if (email !== null) await storage.transaction((tx) => forgetInvited(tx, email, clock.now()))
    },
  }
}
