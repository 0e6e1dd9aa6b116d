import type { MemberRole } from '../workspaces/index.ts'
import { DocumentRole } from './schema.ts'

const rank = (role: DocumentRole): number => DocumentRole.options.indexOf(role)

export const mayView = (role: DocumentRole | null): role is DocumentRole => role !== null
export const mayEdit = (role: DocumentRole | null): boolean => role !== null && rank(role) >= rank('edit')
export const mayManage = (role: DocumentRole | null): boolean => role === 'manage'

/** What the workspace's role gives on each of its documents. A guest sees only what was given to them. */
const inherited: Record<MemberRole, DocumentRole | null> = {
  owner: 'manage',
  admin: 'manage',
  member: 'edit',
  guest: null,
}

/**
 * The role of a person on a document. A grant replaces what the workspace gives, downwards too
 * (a member with the grant `view` is read-only); owners and admins always manage. Null: not a member, or nothing given.
 */
export function documentRole(member: MemberRole | null, grant: DocumentRole | null): DocumentRole | null {
  if (member === null) return null
  const base = inherited[member]
  if (base === 'manage') return base
  return grant ?? base
}
