import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { type Compilable, sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'
import { batchSize, type Found } from './found.ts'

export const readPlace = (db: Reader, documentId: DocumentId) =>
  db
    .selectFrom('documents')
    .where('id', '=', documentId)
    .select([
      'workspace_id as workspaceId',
      'parent_id as parentId',
      'removed_at as removedAt',
      'archived_at as archivedAt',
      'title',
      'set_aside as setAside',
      'restricted',
      'audience_id as audienceId',
    ])
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
export async function readSubtree(
  db: Reader,
  documentId: DocumentId,
  removedAt: number | null,
): Promise<{ id: DocumentId; parentId: DocumentId | null }[]> {
  const same = removedAt === null ? sql`below.removed_at is null` : sql`below.removed_at = ${removedAt}`
  const { rows } = await sql<{ id: DocumentId; parentId: DocumentId | null }>`
    with recursive tree (id, above) as (
      select id, parent_id from documents where id = ${documentId}
      union select below.id, below.parent_id from documents as below join tree on below.parent_id = tree.id where ${same}
    ) select id, above as "parentId" from tree`.execute(db)
  return rows
}

/** A document and what was archived with it. */
export async function readArchived(db: Reader, documentId: DocumentId, at: number): Promise<DocumentId[]> {
  const { rows } = await sql<{ id: DocumentId }>`
    with recursive tree (id) as (
      select id from documents where id = ${documentId}
      union select below.id from documents as below join tree on below.parent_id = tree.id
      where below.archived_at = ${at} and below.removed_at is null
    ) select id from tree`.execute(db)
  return rows.map(({ id }) => id)
}

export type NewDocument = Pick<
  Found,
  'id' | 'workspaceId' | 'parentId' | 'position' | 'title' | 'kind' | 'createdBy' | 'createdAt' | 'audienceId'
> &
  Partial<Pick<Found, 'icon' | 'restricted'>>

/** What stands above another of them comes before it. */
export async function insertDocuments(tx: Writer, rows: readonly NewDocument[]): Promise<void> {
  await tx
    .insertInto('documents')
    .values(
      rows.map((row) => ({
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
        restricted: row.restricted === true ? 1 : 0,
        audience_id: row.audienceId,
        icon: row.icon ?? null,
      })),
    )
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

/** What was read of a text for queries. */
export interface TextSeen {
  documentId: DocumentId
  title: string
  /** Who has changed it; null: nobody whom the server knows. */
  authorId: UserId | null
  /** When; milliseconds since 1970. */
  at: number
}

/** Of some documents; those that do not exist are left out. */
export async function readTitles(
  db: Reader,
  documentIds: readonly DocumentId[],
): Promise<Map<DocumentId, { workspaceId: WorkspaceId; title: string }>> {
  const rows = await db
    .selectFrom('documents')
    .where('id', 'in', documentIds)
    .select(['id', 'workspace_id as workspaceId', 'title'])
    .execute()
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}

/** What writes title and time of some texts: one statement for those that were read in the same moment. */
export function projectionUpdates(
  tx: Writer,
  known: ReadonlyMap<DocumentId, { title: string }>,
  seen: readonly TextSeen[],
): Compilable[] {
  const isRenamed = ({ documentId, title }: TextSeen): boolean => known.get(documentId)?.title !== title
  const titles = seen
    .filter(isRenamed)
    .map(({ documentId, title }) => tx.updateTable('documents').set({ title }).where('id', '=', documentId))
  const times = [...Map.groupBy(seen, (text) => text.at)].map(([at, texts]) => {
    const ids = texts.map(({ documentId }) => documentId)
    return tx.updateTable('documents').set({ updated_at: at }).where('id', 'in', ids)
  })
  return [...titles, ...times]
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

/** Those that are archived already keep their time: they were not put there with the others. */
export async function setArchived(tx: Writer, documentIds: readonly DocumentId[], at: number | null): Promise<void> {
  for (let from = 0; from < documentIds.length; from += batchSize) {
    await tx
      .updateTable('documents')
      .set({ archived_at: at })
      .where('id', 'in', documentIds.slice(from, from + batchSize))
      .$if(at !== null, (query) => query.where('archived_at', 'is', null))
      .execute()
  }
}

/** Whether the text of a document of this id is being deleted for good. */
export async function isPurged(db: Reader, documentId: DocumentId): Promise<boolean> {
  const row = await db
    .selectFrom('purged_texts')
    .where('document_id', '=', documentId)
    .select('document_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Documents that were put into the trash before a time, the ends of branches alone, the oldest first. */
export const readDue = (
  db: Reader,
  before: number,
  most: number,
): Promise<{ id: DocumentId; workspaceId: WorkspaceId }[]> =>
  db
    .selectFrom('documents')
    .where('removed_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('documents as below').whereRef('below.parent_id', '=', 'documents.id').select('below.id'))),
    )
    .select(['id', 'workspace_id as workspaceId'])
    .orderBy('removed_at')
    .limit(most)
    .execute()

/** What stands below some documents and is none of them. */
export async function readStrays(db: Reader, documentIds: readonly DocumentId[]) {
  const rows = await db
    .selectFrom('documents')
    .where('parent_id', 'in', documentIds)
    .where('id', 'not in', documentIds)
    .select(['id', 'parent_id as parentId', 'workspace_id as workspaceId', 'restricted'])
    .execute()
  return rows.map((row) => ({ ...row, restricted: row.restricted === 1 }))
}

/** Deletes documents with all that refers to them by key, and notes that their texts are to go. */
export async function deletePurged(tx: Writer, documentIds: readonly DocumentId[], at: number): Promise<void> {
  await tx.deleteFrom('documents').where('id', 'in', documentIds).execute()
  await tx
    .insertInto('purged_texts')
    .values(documentIds.map((id) => ({ document_id: id, at })))
    .onConflict((row) => row.column('document_id').doUpdateSet({ at }))
    .execute()
}

/** The copies show the pictures that their originals show; by original. */
export async function copyFiles(tx: Writer, copies: ReadonlyMap<DocumentId, DocumentId>): Promise<void> {
  const pairs = [...copies].map(([from, to]) => ({ from, to }))
  await sql`insert into document_files (document_id, file_id, workspace_id, bytes)
    select each.value ->> 'to', shown.file_id, shown.workspace_id, shown.bytes
    from json_each(${JSON.stringify(pairs)}) as each
    cross join document_files as shown on shown.document_id = each.value ->> 'from'`.execute(tx)
}
