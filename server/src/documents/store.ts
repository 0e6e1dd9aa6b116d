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

export async function insertDocument(
  tx: Writer,
  row: Pick<
    Found,
    'id' | 'workspaceId' | 'parentId' | 'position' | 'title' | 'kind' | 'createdBy' | 'createdAt' | 'audienceId'
  >,
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
      audience_id: row.audienceId,
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
