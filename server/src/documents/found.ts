import { type DocumentKind, type DocumentRole, rolesInTree } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import { sql } from 'kysely'
import type { Reader } from '../storage/port.ts'

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
  /** Null: not theirs to see. */
  role: DocumentRole | null
  /** The same of its parent; who may not see it is not told its id. */
  parentRole: DocumentRole | null
}

interface Row extends Omit<Found, 'role' | 'parentRole' | 'restricted'> {
  member: MemberRole
  restricted: 0 | 1
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

const forPerson = (db: Reader, userId: UserId) =>
  db
    .selectFrom('documents')
    .innerJoin('members', (join) =>
      join.onRef('members.workspace_id', '=', 'documents.workspace_id').on('members.user_id', '=', userId),
    )
    .leftJoin('document_access as own', (join) =>
      join.onRef('own.document_id', '=', 'documents.id').on('own.user_id', '=', userId),
    )
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
      'members.role as member',
      'own.role as grant',
    ])

const decide = (rows: readonly Row[]): Found[] => {
  const [first] = rows
  if (first === undefined) return []
  const roles = rolesInTree(
    first.member,
    rows.map(({ id, parentId, restricted, grant }) => ({ id, parentId, restricted: restricted === 1, grant })),
  )
  return rows.map(({ member: _member, grant: _grant, ...row }) => ({
    ...row,
    restricted: row.restricted === 1,
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

/** Those documents of a workspace that stand in the tree, in their order, whether or not the person may see them. */
export async function listFor(db: Reader, userId: UserId, workspaceId: WorkspaceId): Promise<Found[]> {
  const rows = await forPerson(db, userId)
    .where('documents.workspace_id', '=', workspaceId)
    .where('documents.removed_at', 'is', null)
    .orderBy('documents.position')
    .orderBy('documents.id')
    .execute()
  return decide(rows)
}

/** Everything of a workspace that is in the trash, the newest first; what it stood below decides its access still. */
export async function listRemovedFor(db: Reader, userId: UserId, workspaceId: WorkspaceId): Promise<Found[]> {
  const rows = await forPerson(db, userId)
    .where('documents.workspace_id', '=', workspaceId)
    .orderBy('documents.removed_at', 'desc')
    .orderBy('documents.id')
    .execute()
  return decide(rows).filter(({ removedAt }) => removedAt !== null)
}

/**
 * The roles of one person on many documents, the trash included; those that they may not see are left out. A few
 * statements, however many documents there are.
 */
export async function readRoles(
  db: Reader,
  userId: UserId,
  documentIds: readonly DocumentId[],
): Promise<Map<DocumentId, { role: DocumentRole; removedAt: number | null }>> {
  const found = new Map<DocumentId, { role: DocumentRole; removedAt: number | null }>()
  for (let from = 0; from < documentIds.length; from += batchSize) {
    const asked = new Set(documentIds.slice(from, from + batchSize))
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
      .where('documents.id', 'in', linesOf([...asked]))
      .execute()
    for (const ofOne of Map.groupBy(rows, ({ workspaceId }) => workspaceId).values()) {
      const [first] = ofOne
      const steps = ofOne.map((row) => ({ ...row, restricted: row.restricted === 1 }))
      const roles = rolesInTree(first?.member ?? null, steps)
      for (const { id, removedAt } of ofOne) {
        const role = roles.get(id) ?? null
        if (role !== null && asked.has(id)) found.set(id, { role, removedAt })
      }
    }
  }
  return found
}
