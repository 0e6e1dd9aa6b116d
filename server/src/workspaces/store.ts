import type { InviteId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Reader, Writer } from '../storage/port.ts'

export async function readRole(db: Reader, userId: UserId, workspaceId: WorkspaceId): Promise<MemberRole | null> {
  const row = await db
    .selectFrom('members')
    .select('role')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.role ?? null
}

/** Null: does not belong to it. */
export async function readMember(db: Reader, workspaceId: WorkspaceId, userId: UserId) {
  const row = await db
    .selectFrom('members')
    .select(['role', 'joined_at as joinedAt'])
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ?? null
}

const workspaceColumns = [
  'workspaces.id',
  'workspaces.name',
  'workspaces.image',
  'workspaces.created_at as createdAt',
  'workspaces.public_links as publicLinks',
  'members.role',
] as const

const ownWorkspaces = (db: Reader, userId: UserId) =>
  db
    .selectFrom('members')
    .innerJoin('workspaces', 'workspaces.id', 'members.workspace_id')
    .where('members.user_id', '=', userId)
    .select(workspaceColumns)

const shown = <Row extends { publicLinks: 0 | 1 }>({ publicLinks, ...row }: Row) => ({
  ...row,
  publicLinks: publicLinks === 1,
})

export const readWorkspaces = async (db: Reader, userId: UserId) =>
  (await ownWorkspaces(db, userId).orderBy('workspaces.created_at').orderBy('workspaces.id').execute()).map(shown)

/** Where a person belongs, with the newest sequence of each. */
export const readOwnHeads = (db: Reader, userId: UserId): Promise<{ id: WorkspaceId; head: number }[]> =>
  db
    .selectFrom('members')
    .innerJoin('event_heads', 'event_heads.scope', 'members.workspace_id')
    .where('members.user_id', '=', userId)
    .select(['members.workspace_id as id', 'event_heads.seq as head'])
    .execute()

export async function readWorkspace(db: Reader, userId: UserId, workspaceId: WorkspaceId) {
  const row = await ownWorkspaces(db, userId).where('workspaces.id', '=', workspaceId).executeTakeFirst()
  return row && shown(row)
}

export const readMembers = (db: Reader, workspaceId: WorkspaceId) =>
  db
    .selectFrom('members')
    .leftJoin('last_seen', (join) =>
      join
        .onRef('last_seen.workspace_id', '=', 'members.workspace_id')
        .onRef('last_seen.user_id', '=', 'members.user_id'),
    )
    .where('members.workspace_id', '=', workspaceId)
    .select(['members.user_id as userId', 'role', 'joined_at as joinedAt', 'last_seen.at as lastSeenAt'])
    .orderBy('joined_at')
    .execute()

export async function insertWorkspace(
  tx: Writer,
  row: { id: WorkspaceId; name: string; by: UserId; at: number },
): Promise<void> {
  await tx
    .insertInto('workspaces')
    .values({ id: row.id, name: row.name, created_by: row.by, created_at: row.at })
    .execute()
}

/** Whom a person meets in a workspace, and in the others that they belong to; `most` people of each. */
export async function readCompany(db: Reader, workspaceId: WorkspaceId, userId: UserId, most: number) {
  const others = db
    .selectFrom('members')
    .where('user_id', '!=', userId)
    .select('user_id as userId')
    .distinct()
    .limit(most)
  const here = await others.where('workspace_id', '=', workspaceId).execute()
  const elsewhere = await others
    .where('workspace_id', '!=', workspaceId)
    .where('workspace_id', 'in', (own) =>
      own.selectFrom('members').where('user_id', '=', userId).select('workspace_id'),
    )
    .execute()
  return { here: here.map((row) => row.userId), elsewhere: elsewhere.map((row) => row.userId) }
}

export async function insertMember(
  tx: Writer,
  row: { workspaceId: WorkspaceId; userId: UserId; role: MemberRole; at: number },
): Promise<void> {
  await tx
    .insertInto('members')
    .values({ workspace_id: row.workspaceId, user_id: row.userId, role: row.role, joined_at: row.at })
    .execute()
}

export async function updateRole(tx: Writer, workspaceId: WorkspaceId, userId: UserId, role: MemberRole) {
  await tx
    .updateTable('members')
    .set({ role })
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .execute()
}

export async function deleteMember(tx: Writer, workspaceId: WorkspaceId, userId: UserId): Promise<void> {
  await tx.deleteFrom('members').where('workspace_id', '=', workspaceId).where('user_id', '=', userId).execute()
}

/** The sequence at which a person was last removed; 0: never. */
export async function readRemoval(db: Reader, workspaceId: WorkspaceId, userId: UserId): Promise<number> {
  const row = await db
    .selectFrom('removals')
    .select('seq')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.seq ?? 0
}

export async function writeRemoval(tx: Writer, workspaceId: WorkspaceId, userId: UserId, seq: number): Promise<void> {
  await tx
    .insertInto('removals')
    .values({ workspace_id: workspaceId, user_id: userId, seq })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet({ seq }))
    .execute()
}

export async function otherOwners(tx: Writer, workspaceId: WorkspaceId, userId: UserId): Promise<number> {
  const row = await tx
    .selectFrom('members')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'owner')
    .where('user_id', '!=', userId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

const inviteColumns = [
  'id',
  'workspace_id as workspaceId',
  'role',
  'created_by as createdBy',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'max_uses as maxUses',
  'uses',
  'withdrawn_at as withdrawnAt',
  'created_seq as createdSeq',
  'email',
] as const

export const readInviteByHash = (db: Reader, hash: string) =>
  db.selectFrom('invites').where('token_hash', '=', hash).select(inviteColumns).executeTakeFirst()

export const readInvite = (db: Reader, inviteId: InviteId) =>
  db.selectFrom('invites').where('id', '=', inviteId).select(inviteColumns).executeTakeFirst()

export type InviteRow = NonNullable<Awaited<ReturnType<typeof readInvite>>>

export const readUsableInvites = (db: Reader, workspaceId: WorkspaceId, now: number): Promise<InviteRow[]> =>
  db
    .selectFrom('invites')
    .where('workspace_id', '=', workspaceId)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    .where((eb) => eb.or([eb('max_uses', 'is', null), eb('uses', '<', eb.ref('max_uses'))]))
    .select(inviteColumns)
    .orderBy('created_at', 'desc')
    .execute()

export async function insertInvite(tx: Writer, row: InviteRow & { tokenHash: string }): Promise<void> {
  await tx
    .insertInto('invites')
    .values({
      id: row.id,
      workspace_id: row.workspaceId,
      token_hash: row.tokenHash,
      role: row.role,
      created_by: row.createdBy,
      created_at: row.createdAt,
      expires_at: row.expiresAt,
      max_uses: row.maxUses,
      uses: row.uses,
      withdrawn_at: null,
      created_seq: row.createdSeq,
      email: row.email,
    })
    .execute()
}

export async function countUse(tx: Writer, inviteId: InviteId): Promise<void> {
  await tx
    .updateTable('invites')
    .set((eb) => ({ uses: eb('uses', '+', 1) }))
    .where('id', '=', inviteId)
    .execute()
}

export async function markWithdrawn(tx: Writer, inviteId: InviteId, at: number): Promise<void> {
  await tx.updateTable('invites').set({ withdrawn_at: at }).where('id', '=', inviteId).execute()
}

/** Nobody has this address any more: what was sent to it admits nobody, and does not name it. */
export async function forgetInvited(tx: Writer, email: string, at: number): Promise<void> {
  await tx
    .updateTable('invites')
    .set((eb) => ({ email: null, withdrawn_at: eb.fn.coalesce('withdrawn_at', eb.val(at)) }))
    .where('email', '=', email)
    .execute()
}

/** The sequence of the newest event of a workspace; 0: none. */
export async function readHead(db: Reader, workspaceId: WorkspaceId): Promise<number> {
  const row = await db.selectFrom('event_heads').select('seq').where('scope', '=', workspaceId).executeTakeFirst()
  return row?.seq ?? 0
}

export async function readName(db: Reader, workspaceId: WorkspaceId): Promise<string> {
  const row = await db.selectFrom('workspaces').select('name').where('id', '=', workspaceId).executeTakeFirst()
  return row?.name ?? ''
}

export async function readImage(db: Reader, workspaceId: WorkspaceId): Promise<string | null> {
  const row = await db.selectFrom('workspaces').select('image').where('id', '=', workspaceId).executeTakeFirst()
  return row?.image ?? null
}

export async function updateImage(tx: Writer, workspaceId: WorkspaceId, image: string | null): Promise<void> {
  await tx.updateTable('workspaces').set({ image }).where('id', '=', workspaceId).execute()
}

/** Whether links to its documents may let anyone in; no for a workspace that does not exist. */
export async function readPublicLinks(db: Reader, workspaceId: WorkspaceId): Promise<boolean> {
  const row = await db.selectFrom('workspaces').select('public_links').where('id', '=', workspaceId).executeTakeFirst()
  return row?.public_links === 1
}

export async function updatePublicLinks(tx: Writer, workspaceId: WorkspaceId, allowed: boolean): Promise<void> {
  await tx
    .updateTable('workspaces')
    .set({ public_links: allowed ? 1 : 0 })
    .where('id', '=', workspaceId)
    .execute()
}

export async function updateName(tx: Writer, workspaceId: WorkspaceId, name: string): Promise<void> {
  await tx.updateTable('workspaces').set({ name }).where('id', '=', workspaceId).execute()
}

export const workspaceExists = async (db: Reader, workspaceId: WorkspaceId): Promise<boolean> =>
  (await db.selectFrom('workspaces').select('id').where('id', '=', workspaceId).executeTakeFirst()) !== undefined
