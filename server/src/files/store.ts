import type { PictureType } from '@weft/shared/files'
import type { DocumentId, FileId, UserId, WorkspaceId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'
import type { ContentHash } from './contents/Contents.ts'

export interface FileRow {
  id: FileId
  hash: ContentHash
  type: PictureType
  bytes: number
  name: string
  createdBy: UserId
}

export const readFile = (db: Reader, fileId: FileId): Promise<FileRow | undefined> =>
  db
    .selectFrom('files')
    .where('id', '=', fileId)
    .select(['id', 'hash', 'type', 'bytes', 'name', 'created_by as createdBy'])
    .executeTakeFirst()

/** The documents that show a file. */
export async function readShownIn(db: Reader, fileId: FileId): Promise<DocumentId[]> {
  const rows = await db.selectFrom('document_files').where('file_id', '=', fileId).select('document_id').execute()
  return rows.map((row) => row.document_id)
}

/** What the files of a workspace take, each counted once; bytes. */
export async function readFileBytes(db: Reader, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(bytes), 0) as bytes from
      (select distinct file_id, bytes from document_files where workspace_id = ${workspaceId})`.execute(db)
  return rows[0]?.bytes ?? 0
}

export const hasHash = async (db: Reader, hash: ContentHash): Promise<boolean> =>
  (await db.selectFrom('files').where('hash', '=', hash).select('id').limit(1).executeTakeFirst()) !== undefined

export async function insertFile(tx: Writer, { createdBy, ...row }: FileRow, at: number): Promise<void> {
  await tx
    .insertInto('files')
    .values({ ...row, created_by: createdBy, created_at: at })
    .execute()
}

/** False: it is shown there already. */
export async function insertShown(
  tx: Writer,
  { id, bytes }: Pick<FileRow, 'id' | 'bytes'>,
  documentId: DocumentId,
  workspaceId: WorkspaceId,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: rows } = await tx
    .insertInto('document_files')
    .values({ document_id: documentId, file_id: id, workspace_id: workspaceId, bytes })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (rows ?? 0n) > 0n
}

/** Forgets files that no document shows any more, because the last one was deleted for good. */
export async function deleteUnshown(tx: Writer): Promise<void> {
  await tx
    .deleteFrom('files')
    .where('id', 'not in', (shown) => shown.selectFrom('document_files').select('file_id'))
    .execute()
}
