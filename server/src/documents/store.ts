import type { DocumentKind, DocumentRole } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import { sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'

/** A document as one person finds it: its row, and what decides their role on it. */
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
  member: MemberRole
  grant: DocumentRole | null
  /** What was given to this person on the parent; a guest who may not see it is not told its id. */
  parentGrant: DocumentRole | null
}

const forPerson = (db: Reader, userId: UserId) =>
  db
    .selectFrom('documents')
    .innerJoin('members', (join) =>
      join.onRef('members.workspace_id', '=', 'documents.workspace_id').on('members.user_id', '=', userId),
    )
    .leftJoin('document_access as own', (join) =>
      join.onRef('own.document_id', '=', 'documents.id').on('own.user_id', '=', userId),
    )
    .leftJoin('document_access as above', (join) =>
      join.onRef('above.document_id', '=', 'documents.parent_id').on('above.user_id', '=', userId),
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
      'members.role as member',
      'own.role as grant',
      'above.role as parentGrant',
    ])

/** One query; undefined for strangers as for documents that do not exist [ACCESS-3]. The trash included. */
export const findFor = (db: Reader, userId: UserId, documentId: DocumentId): Promise<Found | undefined> =>
  forPerson(db, userId).where('documents.id', '=', documentId).executeTakeFirst()

/** SQLite takes 32,766 variables in one statement; this stays far below. */
const batchSize = 500

/** Those of the documents that a person finds, in no order; few statements, however many they are. */
export async function findAllFor(db: Reader, userId: UserId, documentIds: readonly DocumentId[]): Promise<Found[]> {
  const found: Found[] = []
  for (let from = 0; from < documentIds.length; from += batchSize) {
    const batch = documentIds.slice(from, from + batchSize)
    found.push(...(await forPerson(db, userId).where('documents.id', 'in', batch).execute()))
  }
  return found
}

export const listFor = (db: Reader, userId: UserId, workspaceId: WorkspaceId): Promise<Found[]> =>
  forPerson(db, userId)
    .where('documents.workspace_id', '=', workspaceId)
    .where('documents.removed_at', 'is', null)
    .orderBy('documents.position')
    .orderBy('documents.id')
    .execute()

/** Everything of a workspace that is in the trash, the newest first. */
export const listRemovedFor = (db: Reader, userId: UserId, workspaceId: WorkspaceId): Promise<Found[]> =>
  forPerson(db, userId)
    .where('documents.workspace_id', '=', workspaceId)
    .where('documents.removed_at', 'is not', null)
    .orderBy('documents.removed_at', 'desc')
    .orderBy('documents.id')
    .execute()

export const readPlace = (db: Reader, documentId: DocumentId) =>
  db
    .selectFrom('documents')
    .where('id', '=', documentId)
    .select(['workspace_id as workspaceId', 'removed_at as removedAt', 'title', 'set_aside as setAside'])
    .executeTakeFirst()

/** Positions of the documents below a parent, in their order. The trash is left out. */
export const readSiblings = (db: Reader, workspaceId: WorkspaceId, parentId: DocumentId | null) =>
  db
    .selectFrom('documents')
    .where('workspace_id', '=', workspaceId)
    .where('parent_id', parentId === null ? 'is' : '=', parentId)
    .where('removed_at', 'is', null)
    .select(['id', 'position'])
    .orderBy('position')
    .orderBy('id')
    .execute()

/** A document and all that stands above it. */
export async function readLine(db: Reader, documentId: DocumentId): Promise<DocumentId[]> {
  const { rows } = await sql<{ id: DocumentId }>`
    with recursive line (id, parent_id) as (
      select id, parent_id from documents where id = ${documentId}
      union select above.id, above.parent_id from documents as above join line on above.id = line.parent_id
    ) select id from line`.execute(db)
  return rows.map((row) => row.id)
}

/** A document and all below it that is in the same state: in place (null), or put into the trash in the same moment. */
export async function readSubtree(db: Reader, documentId: DocumentId, removedAt: number | null): Promise<DocumentId[]> {
  const same = removedAt === null ? sql`below.removed_at is null` : sql`below.removed_at = ${removedAt}`
  const { rows } = await sql<{ id: DocumentId }>`
    with recursive tree (id) as (
      select id from documents where id = ${documentId}
      union select below.id from documents as below join tree on below.parent_id = tree.id where ${same}
    ) select id from tree`.execute(db)
  return rows.map((row) => row.id)
}

export async function insertDocument(
  tx: Writer,
  row: Pick<Found, 'id' | 'workspaceId' | 'parentId' | 'position' | 'title' | 'kind' | 'createdBy' | 'createdAt'>,
): Promise<void> {
  await tx
    .insertInto('documents')
    .values({
      id: row.id,
      workspace_id: row.workspaceId,
      parent_id: row.parentId,
      position: row.position,
      title: row.title,
      kind: row.kind,
      created_by: row.createdBy,
      created_at: row.createdAt,
      updated_at: row.createdAt,
      removed_at: null,
      set_aside: null,
    })
    .execute()
}

export async function updatePlace(
  tx: Writer,
  documentId: DocumentId,
  place: { parentId: DocumentId | null; position: string },
): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ parent_id: place.parentId, position: place.position })
    .where('id', '=', documentId)
    .execute()
}

export async function updateProjection(
  tx: Writer,
  documentId: DocumentId,
  projection: { title: string; at: number },
): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ title: projection.title, updated_at: projection.at })
    .where('id', '=', documentId)
    .execute()
}

export async function setRemoved(tx: Writer, documentIds: readonly DocumentId[], at: number | null): Promise<void> {
  for (let from = 0; from < documentIds.length; from += batchSize) {
    await tx
      .updateTable('documents')
      .set({ removed_at: at })
      .where('id', 'in', documentIds.slice(from, from + batchSize))
      .execute()
  }
}
