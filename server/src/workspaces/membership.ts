import { type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import {
  atLeast,
  type Member,
  type MemberRole,
  mayChangeRole,
  mayHandOver,
  mayRemoveMember,
  maySeeMembers,
} from '@weft/shared/workspaces'
import type { Writer } from '../storage/port.ts'
import type { Actor } from './commit.ts'
import type { WorkspacesDependencies } from './dependencies.ts'
import { notAMember, notPermitted, requireRole } from './policy.ts'
import { deleteMember, otherOwners, readHead, readMembers, readRole, updateRole, writeRemoval } from './store.ts'
import { deleteSuspension, readSuspension } from './suspensionStore.ts'

/** Who belongs to a workspace, as what. */
export function createMembership({ storage, people, commit, forgetMember }: WorkspacesDependencies) {
  /** Leaving needs no permission; an owner may leave to another owner only. */
  async function checkRemoval(tx: Writer, by: UserId, workspaceId: WorkspaceId, userId: UserId): Promise<void> {
    const role = await requireRole(tx, by, workspaceId, (mine) => by === userId || atLeast(mine, 'admin'))
    const whom =
      by === userId
        ? role
        : ((await readRole(tx, userId, workspaceId)) ?? (await readSuspension(tx, workspaceId, userId))?.role ?? null)
    if (whom === null) throw notAMember()
    if (by !== userId && !mayRemoveMember(role, whom)) throw notPermitted()
    if (whom === 'owner' && (await otherOwners(tx, workspaceId, userId)) === 0) {
      throw new WeftError('conflict', 'The last owner of a workspace cannot leave it.')
    }
  }

  return {
    async members(by: UserId, workspaceId: WorkspaceId): Promise<Member[]> {
      await requireRole(storage.read, by, workspaceId, maySeeMembers)
      const rows = await readMembers(storage.read, workspaceId)
      const known = await people(rows.map((row) => row.userId))
      return rows.flatMap(({ userId, ...row }) => {
        const person = known.get(userId)
        return person ? [{ ...person, ...row }] : []
      })
    },

    setRole: (by: Actor, workspaceId: WorkspaceId, userId: UserId, to: MemberRole) =>
      commit(by, workspaceId, async (tx, say) => {
        const role = await requireRole(tx, by.userId, workspaceId, (mine) => atLeast(mine, 'admin'))
        const from = await readRole(tx, userId, workspaceId)
        if (from === null) throw notAMember()
        if (!mayChangeRole(role, from, to)) throw notPermitted()
        if (from === to) return { seq: await readHead(tx, workspaceId) }
        await updateRole(tx, workspaceId, userId, to)
        return { seq: await say({ type: 'member.role-changed', userId, from, to }) }
      }),

    /** Makes another member the owner; whoever was it stays as an admin. */
    handOver: (by: Actor, workspaceId: WorkspaceId, userId: UserId) =>
      commit(by, workspaceId, async (tx, say) => {
        const role = await requireRole(tx, by.userId, workspaceId, (mine) => mine === 'owner')
        const from = await readRole(tx, userId, workspaceId)
        if (from === null) throw notAMember()
        if (from === 'owner') return { seq: await readHead(tx, workspaceId) }
        if (!mayHandOver(role, from)) {
          throw new WeftError('conflict', 'A guest cannot own a workspace: make them a member first.')
        }
        await updateRole(tx, workspaceId, userId, 'owner')
        await say({ type: 'member.role-changed', userId, from, to: 'owner' })
        await updateRole(tx, workspaceId, by.userId, 'admin')
        return { seq: await say({ type: 'member.role-changed', userId: by.userId, from: 'owner', to: 'admin' }) }
      }),

    /** Removes a person, or oneself, with everything that was given to them in the workspace. */
    removeMember: (by: Actor, workspaceId: WorkspaceId, userId: UserId) =>
      commit(by, workspaceId, async (tx, say) => {
        await checkRemoval(tx, by.userId, workspaceId, userId)
        await forgetMember(tx, userId, workspaceId)
        await deleteMember(tx, workspaceId, userId)
        await deleteSuspension(tx, workspaceId, userId)
        const seq = await say({ type: 'member.removed', userId })
        // Who leaves may come back by the link they came by; who was sent away may not.
        if (by.userId !== userId) await writeRemoval(tx, workspaceId, userId, seq)
        return { seq }
      }),
  }
}
