import { type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { atLeast, maySeeMembers, maySuspendMember, type SuspendedMember } from '@weft/shared/workspaces'
import type { Actor } from './commit.ts'
import type { WorkspacesDependencies } from './dependencies.ts'
import { notAMember, notPermitted, requireRole } from './policy.ts'
import { deleteMember, insertMember, readHead, readMember } from './store.ts'
import { deleteSuspension, insertSuspension, readSuspended, readSuspension } from './suspensionStore.ts'

/**
 * Members who are out for a time. They are no members meanwhile, so that nothing has to ask whether one is suspended:
 * their row waits beside, and what was given to them on documents waits where it is.
 */
export function createSuspension({ storage, people, commit, clock }: WorkspacesDependencies) {
  return {
    async suspended(by: UserId, workspaceId: WorkspaceId): Promise<SuspendedMember[]> {
      await requireRole(storage.read, by, workspaceId, maySeeMembers)
      const rows = await readSuspended(storage.read, workspaceId)
      const known = await people(rows.map((row) => row.userId))
      return rows.flatMap(({ userId, role, suspendedAt }) => {
        const person = known.get(userId)
        return person ? [{ ...person, role, suspendedAt }] : []
      })
    },

    suspendMember: (by: Actor, workspaceId: WorkspaceId, userId: UserId) =>
      commit(by, workspaceId, async (tx, say) => {
        const role = await requireRole(tx, by.userId, workspaceId, (mine) => atLeast(mine, 'admin'))
        if (by.userId === userId) throw new WeftError('conflict', 'Nobody suspends themselves: leave instead.')
        const member = await readMember(tx, workspaceId, userId)
        if (member === null) {
          if ((await readSuspension(tx, workspaceId, userId)) === null) throw notAMember()
          return { seq: await readHead(tx, workspaceId) }
        }
        if (!maySuspendMember(role, member.role)) throw notPermitted()
        await deleteMember(tx, workspaceId, userId)
        await insertSuspension(tx, { workspaceId, userId, ...member, at: clock.now() })
        return { seq: await say({ type: 'member.suspended', userId }) }
      }),

    reinstateMember: (by: Actor, workspaceId: WorkspaceId, userId: UserId) =>
      commit(by, workspaceId, async (tx, say) => {
        const role = await requireRole(tx, by.userId, workspaceId, (mine) => atLeast(mine, 'admin'))
        const suspension = await readSuspension(tx, workspaceId, userId)
        if (suspension === null) {
          if ((await readMember(tx, workspaceId, userId)) === null) throw notAMember()
          return { seq: await readHead(tx, workspaceId) }
        }
        if (!maySuspendMember(role, suspension.role)) throw notPermitted()
        await deleteSuspension(tx, workspaceId, userId)
        await insertMember(tx, { workspaceId, userId, role: suspension.role, at: suspension.joinedAt })
        return { seq: await say({ type: 'member.reinstated', userId, role: suspension.role }) }
      }),
  }
}
