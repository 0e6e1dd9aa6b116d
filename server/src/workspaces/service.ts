import { randomId, type UserId, WeftError, WorkspaceId } from '@weft/shared/kit'
import {
  type MemberRole,
  mayRenameWorkspace,
  maySetPublicLinks,
  maySetWorkspacePicture,
  type Workspace,
} from '@weft/shared/workspaces'
import { replacePicture } from '../auth/index.ts'
import type { Actor } from './commit.ts'
import type { WorkspacesDependencies } from './dependencies.ts'
import { createInvitations } from './invitations.ts'
import { join } from './joining.ts'
import { createLeaving } from './leaving.ts'
import { createMembership } from './membership.ts'
import { noWorkspace, requireRole } from './policy.ts'
import * as store from './store.ts'
import { createSuspension } from './suspension.ts'

export type Workspaces = ReturnType<typeof createWorkspaces>

/** Who belongs: workspaces, members, roles, invitations. */
export function createWorkspaces(deps: WorkspacesDependencies) {
  const { storage, clock, commit } = deps

  async function get(by: UserId, workspaceId: WorkspaceId): Promise<Workspace> {
    const workspace = await store.readWorkspace(storage.read, by, workspaceId)
    if (!workspace) throw noWorkspace()
    return workspace
  }

  return {
    ...createMembership(deps),
    ...createSuspension(deps),
    ...createLeaving(deps),
    ...createInvitations(deps),
    get,
    list: (by: UserId): Promise<Workspace[]> => store.readWorkspaces(storage.read, by),
    /** Null: does not belong to it, or there is none. */
    roleOf: (userId: UserId, workspaceId: WorkspaceId): Promise<MemberRole | null> =>
      store.readRole(storage.read, userId, workspaceId),

    async create(by: Actor, request: { id?: WorkspaceId | undefined; name: string }): Promise<Workspace> {
      const id = request.id ?? WorkspaceId.parse(randomId())
      const { workspaceId } = await commit(by, id, async (tx, say) => {
        if (await store.readWorkspace(tx, by.userId, id)) return { workspaceId: id }
        if (await store.workspaceExists(tx, id)) throw new WeftError('conflict', 'This id is taken: make a new one.')
        await store.insertWorkspace(tx, { id, name: request.name, by: by.userId, at: clock.now() })
        await join(deps, tx, { workspaceId: id, userId: by.userId, role: 'owner' })
        await say({ type: 'workspace.created' })
        await say({ type: 'member.joined', userId: by.userId, role: 'owner' })
        return { workspaceId: id }
      })
      return get(by.userId, workspaceId)
    },

    async rename(by: Actor, workspaceId: WorkspaceId, name: string): Promise<Workspace> {
      await commit(by, workspaceId, async (tx, say) => {
        await requireRole(tx, by.userId, workspaceId, mayRenameWorkspace)
        if ((await store.readName(tx, workspaceId)) === name) return
        await store.updateName(tx, workspaceId, name)
        await say({ type: 'workspace.renamed' })
      })
      return get(by.userId, workspaceId)
    },

    /** Whether links to documents may let anyone in. What links say stays: allowed again, they let the same people in. */
    async setPublicLinks(by: Actor, workspaceId: WorkspaceId, allowed: boolean): Promise<Workspace> {
      await commit(by, workspaceId, async (tx, say) => {
        await requireRole(tx, by.userId, workspaceId, maySetPublicLinks)
        if ((await store.readPublicLinks(tx, workspaceId)) === allowed) return
        await store.updatePublicLinks(tx, workspaceId, allowed)
        await say({ type: 'workspace.public-links-changed', allowed })
      })
      return get(by.userId, workspaceId)
    },

    /** Null: does without one. */
    async setPicture(by: Actor, workspaceId: WorkspaceId, data: string | null): Promise<Workspace> {
      await commit(by, workspaceId, async (tx, say) => {
        await requireRole(tx, by.userId, workspaceId, maySetWorkspacePicture)
        const before = await store.readImage(tx, workspaceId)
        await store.updateImage(tx, workspaceId, await replacePicture(tx, clock, before, data))
        await say({ type: 'workspace.picture-changed' })
      })
      return get(by.userId, workspaceId)
    },
  }
}
