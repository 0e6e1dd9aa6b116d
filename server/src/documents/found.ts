import { type DocumentKind, type DocumentRole, rolesInTree } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../storage/port.ts'
import { givenTo } from './visible.ts'

/** A document as one person finds it: its row, and what the one rule gives them on it. */
export interface Found {
  id: DocumentId
  workspaceId: WorkspaceId
  parentId: DocumentId | null
  position: string
  title: string
  kind: DocumentKind
  createdBy: UserId
  createdAt: number
  updatedAt: number
  removedAt: number | null
  setAside: string | null
  /** Only those who are listed on it may open it. */
  restricted: boolean
  /** The nearest restricted document on the way up, itself included; null: it is for the whole workspace. */
  audienceId: DocumentId | null
  icon: string | null
  template: boolean
  archivedAt: number | null
  /** When the person put it among their own. */
  starredAt: number | null
  /** Null: not theirs to see. */
  role: DocumentRole | null
  /** The same of its parent; who may not see it is not told its id. */
  parentRole: DocumentRole | null
}

interface Row extends Omit<Found, 'role' | 'parentRole' | 'restricted' | 'template'> {
  /** Null: a stranger. */
  member: MemberRole | null
  restricted: 0 | 1
  template: 0 | 1
  grant: DocumentRole | null
}

/** SQLite takes 32,766 variables in one statement; this stays far below. */
export const batchSize = 500

/** Ids of some documents with all that stands above each, once. A ring, which no command makes, ends by itself. */
export const linesOf = (documentIds: readonly DocumentId[]) => sql<DocumentId>`(
  with recursive line (id, above) as (
    select id, parent_id from documents where id in (${sql.join(documentIds)})
    union select documents.id, documents.parent_id from documents join line on documents.id = line.above
  ) select id from line)`

/** A document and all that stands below it in the tree, with all that stands above it. */
const aroundOf = (documentId: DocumentId) => sql<DocumentId>`(
  with recursive below (id) as (
    select id from documents where id = ${documentId}
    union select documents.id from documents join below on documents.parent_id = below.id
    where documents.removed_at is null
  ) select id from below union select id from ${linesOf([documentId])} as above)`

// Joined from the left, which keeps the planner from walking through a whole workspace to find a few of its documents.
const forPerson = (db: Reader, userId: UserId) =>
  db
    .selectFrom('documents')
    .leftJoin('members', (join) =>
      join.onRef('members.workspace_id', '=', 'documents.workspace_id').on('members.user_id', '=', userId),
    )
    .leftJoin('document_access as own', (join) =>
      join.onRef('own.document_id', '=', 'documents.id').on('own.user_id', '=', userId),
    )
    .leftJoin('stars', (join) => join.onRef('stars.document_id', '=', 'documents.id').on('stars.user_id', '=', userId))
    .select([
      'documents.id',
      'documents.workspace_id as workspaceId',
      'documents.parent_id as parentId',
      'documents.position',
      'documents.title',
      'documents.kind',
      'documents.created_by as createdBy',
      'documents.created_at as createdAt',
      'documents.updated_at as updatedAt',
      'documents.removed_at as removedAt',
      'documents.set_aside as setAside',
      'documents.restricted',
      'documents.audience_id as audienceId',
      'documents.icon',
      'documents.template',
      'documents.archived_at as archivedAt',
      'stars.at as starredAt',
      'members.role as member',
      'own.role as grant',
    ])

const decide = (rows: readonly Row[]): Found[] => {
  const [first] = rows
  if (first === undefined || first.member === null) return []
  const roles = rolesInTree(
    first.member,
    rows.map(({ id, parentId, restricted, grant }) => ({ id, parentId, restricted: restricted === 1, grant })),
  )
  return rows.map(({ member: _member, grant: _grant, ...row }) => ({
    ...row,
    restricted: row.restricted === 1,
    template: row.template === 1,
    role: roles.get(row.id) ?? null,
    parentRole: row.parentId === null ? null : (roles.get(row.parentId) ?? null),
  }))
}

/** One query; undefined for strangers as for documents that do not exist [ACCESS-3]. The trash included. */
export async function findFor(db: Reader, userId: UserId, documentId: DocumentId): Promise<Found | undefined> {
  const rows = await forPerson(db, userId)
    .where('documents.id', 'in', linesOf([documentId]))
    .execute()
  return decide(rows).find(({ id }) => id === documentId)
}

/** The same for many documents, which lie below one another; the trash included. */
export async function findAll(
  db: Reader,
  userId: UserId,
  documentIds: readonly DocumentId[],
): Promise<Map<DocumentId, Found>> {
  const found = new Map<DocumentId, Found>()
  for (let from = 0; from < documentIds.length; from += batchSize) {
    const rows = await forPerson(db, userId)
      .where('documents.id', 'in', linesOf(documentIds.slice(from, from + batchSize)))
      .execute()
    for (const one of decide(rows)) found.set(one.id, one)
  }
  return found
}

/** The documents of a workspace that a member of it may see, and some that they may not: the role says which. */
const ofWorkspace = (db: Reader, userId: UserId, workspaceId: WorkspaceId, member: MemberRole) => {
  const all = forPerson(db, userId)
  return member === 'guest'
    ? all.where('documents.id', 'in', givenTo(userId, workspaceId))
    : all.where('documents.workspace_id', '=', workspaceId)
}

/** Those that stand in the tree, in their order. */
export async function listFor(db: Reader, userId: UserId, workspaceId: WorkspaceId, member: MemberRole) {
  const rows = await ofWorkspace(db, userId, workspaceId, member)
    .where('documents.removed_at', 'is', null)
    .orderBy('documents.position')
    .orderBy('documents.id')
    .execute()
  return decide(rows)
}

/** Those that are in the trash, the newest first; what they stood below decides their access still. */
export async function listRemovedFor(db: Reader, userId: UserId, workspaceId: WorkspaceId, member: MemberRole) {
  const rows = await ofWorkspace(db, userId, workspaceId, member)
    .orderBy('documents.removed_at', 'desc')
    .orderBy('documents.id')
    .execute()
  return decide(rows).filter(({ removedAt }) => removedAt !== null)
}

type Roles = Map<DocumentId, { role: DocumentRole; removedAt: number | null }>

/** The roles of one person on documents whose lines are all among them; what they may not see is left out. */
async function rolesAmong(db: Reader, userId: UserId, documentIds: RawBuilder<DocumentId>): Promise<Roles> {
  const rows = await forPerson(db, userId)
    .clearSelect()
    .select([
      'documents.id',
      'documents.workspace_id as workspaceId',
      'documents.parent_id as parentId',
      'documents.removed_at as removedAt',
      'documents.restricted',
      'members.role as member',
      'own.role as grant',
    ])
    .where('documents.id', 'in', documentIds)
    .execute()
  const found: Roles = new Map()
  for (const ofOne of Map.groupBy(rows, ({ workspaceId }) => workspaceId).values()) {
    const steps = ofOne.map((row) => ({ ...row, restricted: row.restricted === 1 }))
    const roles = rolesInTree(ofOne[0]?.member ?? null, steps)
    for (const { id, removedAt } of ofOne) {
      const role = roles.get(id) ?? null
      if (role !== null) found.set(id, { role, removedAt })
    }
  }
  return found
}

/** The roles of one person on a document and on what lies below it in the tree. One query. */
export const readRolesBelow = (db: Reader, userId: UserId, documentId: DocumentId): Promise<Roles> =>
  rolesAmong(db, userId, aroundOf(documentId))

/**
 * The roles of one person on many documents, the trash included; those that they may not see are left out. A few
 * statements, however many documents there are.
 */
export async function readRoles(db: Reader, userId: UserId, documentIds: readonly DocumentId[]): Promise<Roles> {
  const found: Roles = new Map()
  for (let from = 0; from < documentIds.length; from += batchSize) {
    const asked = documentIds.slice(from, from + batchSize)
    const roles = await rolesAmong(db, userId, linesOf(asked))
    for (const id of asked) {
      const one = roles.get(id)
      if (one !== undefined) found.set(id, one)
    }
  }
  return found
}
