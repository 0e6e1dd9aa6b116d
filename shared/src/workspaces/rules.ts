import type { MemberRole } from './schema.ts'

const rank: Record<MemberRole, number> = { guest: 0, member: 1, admin: 2, owner: 3 }

export const atLeast = (role: MemberRole, needed: MemberRole): boolean => rank[role] >= rank[needed]
export const mayInvite = (role: MemberRole, as: MemberRole): boolean =>
  atLeast(role, 'admin') && rank[as] <= rank[role] && as !== 'owner'
export const mayRenameWorkspace = (role: MemberRole): boolean => atLeast(role, 'admin')
export const maySetWorkspacePicture = (role: MemberRole): boolean => mayRenameWorkspace(role)
export const maySetPublicLinks = (role: MemberRole): boolean => atLeast(role, 'admin')
export const mayCreateDocuments = (role: MemberRole): boolean => atLeast(role, 'member')
export const maySeeMembers = (role: MemberRole): boolean => atLeast(role, 'member')

/** Admins change those below them and each other, never an owner; nobody hands out more than they have. */
export const mayChangeRole = (role: MemberRole, from: MemberRole, to: MemberRole): boolean =>
  atLeast(role, 'admin') && from !== 'owner' && to !== 'owner' && rank[to] <= rank[role]
/** An owner hands a workspace over; a guest, who does not see its people, cannot be given it. */
export const mayHandOver = (role: MemberRole, whom: MemberRole): boolean => role === 'owner' && whom !== 'guest'
/** Suspending is removing for a time, and so for those who may remove. */
export const maySuspendMember = (role: MemberRole, whom: MemberRole): boolean => mayRemoveMember(role, whom)
export const mayRemoveMember = (role: MemberRole, whom: MemberRole): boolean =>
  atLeast(role, 'admin') && whom !== 'owner'
/** Keys open documents to people who belong to nothing, so they are for those who may let anybody in. */
export const mayManageEmbedding = (role: MemberRole): boolean => atLeast(role, 'admin')
