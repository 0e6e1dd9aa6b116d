import type { MemberRole } from '../workspaces/index.ts'
import { type Document, DocumentRole } from './schema.ts'

/** Whether a role includes what `needed` allows. */
export const includesRole = (role: DocumentRole | null, needed: DocumentRole): boolean =>
  role !== null && DocumentRole.options.indexOf(role) >= DocumentRole.options.indexOf(needed)

export const mayView = (role: DocumentRole | null): role is DocumentRole => role !== null
export const mayEdit = (role: DocumentRole | null): boolean => includesRole(role, 'edit')
export const mayManage = (role: DocumentRole | null): boolean => role === 'manage'

/** What a role gives on the text itself: of an archived document nobody changes a word. */
export const roleOnText = (role: DocumentRole | null, archivedAt: number | null): DocumentRole | null =>
  role === null || archivedAt === null ? role : 'view'
export const mayWriteIn = ({ role, archivedAt }: Pick<Document, 'role' | 'archivedAt'>): boolean =>
  mayEdit(roleOnText(role, archivedAt))

/** What the workspace's role gives on each of its documents. A guest sees only what was given to them. */
const ofMember: Record<MemberRole, DocumentRole | null> = {
  owner: 'manage',
  admin: 'manage',
  member: 'edit',
  guest: null,
}

/** What one document says of one person's access. */
export interface AccessStep {
  /** Only those who are listed on it may open it: nothing comes down from above. */
  restricted: boolean
  /** What was given to the person on this very document. */
  grant: DocumentRole | null
}

/** Where a role comes from: the workspace, or the document at this index of the line. */
export interface AccessFound {
  role: DocumentRole
  from: 'workspace' | number
}

/**
 * Who may do what: the one rule. `line` is what each document from the top of the tree down to the one in question says
 * of this person. The nearest word counts, whether it gives more or less than what comes from above: a grant holds for
 * what lies below until another grant or a restriction; a restriction lets nothing through. Owners and admins always
 * manage. Null: not a member, or nothing given.
 */
export function documentAccess(member: MemberRole | null, line: readonly AccessStep[]): AccessFound | null {
  if (member === null) return null
  const base = ofMember[member]
  if (base === 'manage') return { role: base, from: 'workspace' }
  let found: AccessFound | null = base === null ? null : { role: base, from: 'workspace' }
  for (const [at, { restricted, grant }] of line.entries()) {
    if (grant !== null) found = { role: grant, from: at }
    else if (restricted) found = null
  }
  return found
}

export const documentRole = (member: MemberRole | null, line: readonly AccessStep[]): DocumentRole | null =>
  documentAccess(member, line)?.role ?? null

/** A document with its place in the tree. */
export interface PlacedStep<Id> extends AccessStep {
  id: Id
  parentId: Id | null
}

/** The same rule for a whole tree at once. Below a parent that is not among `steps` only what is given there counts. */
export function rolesInTree<Id>(
  member: MemberRole | null,
  steps: readonly PlacedStep<Id>[],
): Map<Id, DocumentRole | null> {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const roles = new Map<Id, DocumentRole | null>()
  const unknown: AccessStep = { restricted: true, grant: null }
  for (const step of steps) {
    // Upwards to a document whose role is known, then down again.
    const line: PlacedStep<Id>[] = []
    let next: PlacedStep<Id> | undefined = step
    while (next !== undefined && !roles.has(next.id)) {
      roles.set(next.id, null)
      line.push(next)
      next = next.parentId === null ? undefined : byId.get(next.parentId)
    }
    for (const one of line.toReversed()) {
      const above: AccessStep[] = []
      if (one.parentId !== null) {
        above.push(byId.has(one.parentId) ? { restricted: true, grant: roles.get(one.parentId) ?? null } : unknown)
      }
      roles.set(one.id, documentRole(member, [...above, one]))
    }
  }
  return roles
}
