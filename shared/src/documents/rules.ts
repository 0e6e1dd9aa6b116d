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

/** The smaller of two; null is the smallest. */
export const lesserRole = (a: DocumentRole | null, b: DocumentRole | null): DocumentRole | null =>
  a === null || b === null ? null : includesRole(a, b) ? b : a

/** What is given to those who are no members: on one document and what lies below it, or (null) on a whole workspace. */
export interface OutsideGrant<Id> {
  documentId: Id | null
  role: DocumentRole
}

/**
 * The role of somebody who is no member, by what was given to them. The line is as for `documentAccess`: nobody is listed
 * on a restricted document by this, so that it opens no document that is not for all, unless it was given on that very
 * document or below. It manages nothing.
 */
export function outsideRole<Id>(
  { documentId, role }: OutsideGrant<Id>,
  line: readonly { id: Id; restricted: boolean }[],
): DocumentRole | null {
  let found = documentId === null ? role : null
  for (const step of line) {
    if (step.id === documentId) found = role
    else if (step.restricted) found = null
  }
  return lesserRole(found, 'edit')
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
