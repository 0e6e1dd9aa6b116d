import { InviteId, randomId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import {
  atLeast,
  type CreatedInvite,
  type Invite,
  InvitePreview,
  Invite as InviteSchema,
  type MemberRole,
  mayInvite,
  type Workspace,
} from '@weft/shared/workspaces'
import type { Reader } from '../storage/port.ts'
import type { Actor } from './commit.ts'
import type { WorkspacesDependencies } from './dependencies.ts'
import { hashToken, inviteToken } from './inviteSecret.ts'
import { join } from './joining.ts'
import { requireRole } from './policy.ts'
import * as store from './store.ts'
import { readSuspension } from './suspensionStore.ts'

export interface InviteRequest {
  id?: InviteId | undefined
  role: Exclude<MemberRole, 'owner'>
  expiresInHours: number
  maxUses: number | null
  email?: string | undefined
}

const hour = 3_600_000
const notValid = (): WeftError =>
  new WeftError('invite-not-valid', 'This invitation can no longer be used: ask for a new link.')

const notTheirs = (): WeftError =>
  new WeftError('invite-not-valid', 'This invitation is for another address: sign in with the one that it was sent to.')

/** Invitations by link and by e-mail. The secret is told once and stored hashed; whoever has it may join until it ends. */
export function createInvitations(deps: WorkspacesDependencies) {
  const { storage, clock, commit, people, secret, publicUrl, mailAddress, mailInvitation } = deps
  const usable = (row: store.InviteRow): boolean =>
    row.withdrawnAt === null && row.expiresAt > clock.now() && (row.maxUses === null || row.uses < row.maxUses)

  const byToken = (db: Reader, token: string) => store.readInviteByHash(db, hashToken(token))

  /** The address as it is compared: accounts have theirs in small letters. */
  const isFor = (row: store.InviteRow, email: string | null): boolean =>
    row.email === null || row.email === email?.toLowerCase()

  const withSecret = async (invite: Invite): Promise<CreatedInvite> => {
    const token = inviteToken(secret, invite.id)
    const url = `${publicUrl}/invite#${token}`
    return { ...invite, token, url, mailed: invite.email !== null && (await mail(invite, invite.email, url)) }
  }

  async function mail({ id, createdBy, workspaceId }: Invite, to: string, url: string): Promise<boolean> {
    const workspace = await store.readName(storage.read, workspaceId)
    const inviter = (await people([createdBy])).get(createdBy)?.name ?? ''
    return mailInvitation({ id, to, inviter, workspace, url })
  }

  async function joined(userId: UserId, workspaceId: WorkspaceId): Promise<Workspace> {
    const workspace = await store.readWorkspace(storage.read, userId, workspaceId)
    if (!workspace) throw notValid()
    return workspace
  }

  return {
    async invites(by: UserId, workspaceId: WorkspaceId): Promise<Invite[]> {
      await requireRole(storage.read, by, workspaceId, (role) => atLeast(role, 'admin'))
      const rows = await store.readUsableInvites(storage.read, workspaceId, clock.now())
      return rows.map((row) => InviteSchema.parse(row))
    },

    async invite(by: Actor, workspaceId: WorkspaceId, request: InviteRequest): Promise<CreatedInvite> {
      const invite = await commit(by, workspaceId, async (tx, say) => {
        await requireRole(tx, by.userId, workspaceId, (role) => mayInvite(role, request.role))
        const id = request.id ?? InviteId.parse(randomId())
        const there = await store.readInvite(tx, id)
        if (there) {
          if (there.createdBy === by.userId && there.workspaceId === workspaceId) return InviteSchema.parse(there)
          throw new WeftError('conflict', 'This id is taken: make a new one.')
        }
        const row: store.InviteRow = {
          id,
          workspaceId,
          role: request.role,
          createdBy: by.userId,
          createdAt: clock.now(),
          expiresAt: clock.now() + request.expiresInHours * hour,
          maxUses: request.email === undefined ? request.maxUses : 1,
          email: request.email?.toLowerCase() ?? null,
          uses: 0,
          withdrawnAt: null,
          createdSeq: await say({ type: 'invite.created', inviteId: id }),
        }
        await store.insertInvite(tx, { ...row, tokenHash: hashToken(inviteToken(secret, id)) })
        return InviteSchema.parse(row)
      })
      // Outside of the command: its kept answer must not hold the secret.
      return withSecret(invite)
    },

    withdrawInvite: (by: Actor, workspaceId: WorkspaceId, inviteId: InviteId) =>
      commit(by, workspaceId, async (tx, say) => {
        await requireRole(tx, by.userId, workspaceId, (role) => atLeast(role, 'admin'))
        const row = await store.readInvite(tx, inviteId)
        if (row?.workspaceId !== workspaceId) throw new WeftError('not-found', 'There is no such invitation.')
        if (row.withdrawnAt !== null) return { seq: await store.readHead(tx, workspaceId) }
        await store.markWithdrawn(tx, inviteId, clock.now())
        return { seq: await say({ type: 'invite.withdrawn', inviteId }) }
      }),

    async previewInvite(token: string): Promise<InvitePreview> {
      const row = await byToken(storage.read, token)
      if (!row || !usable(row)) throw notValid()
      const workspace = await store.readName(storage.read, row.workspaceId)
      const inviter = (await people([row.createdBy])).get(row.createdBy)
      const { role, email } = row
      return InvitePreview.parse({ workspaceName: workspace, invitedBy: inviter?.name ?? '', role, email })
    },

    /** Whoever belongs already gets their workspace again, and no use is counted. */
    async acceptInvite(by: Actor, token: string): Promise<Workspace> {
      const found = await byToken(storage.read, token)
      if (!found) throw notValid()
      const { workspaceId } = found
      const email = await mailAddress(by.userId)
      await commit(by, workspaceId, async (tx, say) => {
        if ((await store.readRole(tx, by.userId, workspaceId)) !== null) return
        const row = await byToken(tx, token)
        if (!row || !usable(row)) throw notValid()
        if (!isFor(row, email)) throw notTheirs()
        if ((await readSuspension(tx, workspaceId, by.userId)) !== null) {
          throw new WeftError(
            'not-permitted',
            'You are suspended there: ask an admin of the workspace to bring you back.',
          )
        }
        // Whoever was removed needs an invitation that somebody made after that.
        if (row.createdSeq < (await store.readRemoval(tx, workspaceId, by.userId))) throw notValid()
        await store.countUse(tx, row.id)
        await join(deps, tx, { workspaceId, userId: by.userId, role: row.role })
        await say({ type: 'member.joined', userId: by.userId, role: row.role, inviteId: row.id })
      })
      return joined(by.userId, workspaceId)
    },

    /** Whether somebody with this address could join by it now. */
    async inviteOpens(token: string, email: string | null): Promise<boolean> {
      const row = await byToken(storage.read, token)
      return row !== undefined && usable(row) && isFor(row, email)
    },
  }
}
