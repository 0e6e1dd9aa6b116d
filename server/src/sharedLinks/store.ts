import type { DocumentId, SharedLinkId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { LinkReach } from '@weft/shared/sharedLinks'
import type { Reader, Writer } from '../storage/port.ts'

export interface LinkRow {
  id: SharedLinkId
  documentId: DocumentId
  reach: LinkReach
  expiresAt: number | null
  passwordHash: string | null
  indexed: boolean
  createdBy: UserId
  createdAt: number
  endedAt: number | null
}

const columns = [
  'shared_links.id',
  'shared_links.document_id as documentId',
  'shared_links.reach',
  'shared_links.expires_at as expiresAt',
  'shared_links.password_hash as passwordHash',
  'shared_links.indexed',
  'shared_links.created_by as createdBy',
  'shared_links.created_at as createdAt',
  'shared_links.ended_at as endedAt',
] as const

const asLink = <Row extends { indexed: 0 | 1 }>(row: Row) => ({ ...row, indexed: row.indexed === 1 })

export async function readLink(db: Reader, linkId: SharedLinkId): Promise<LinkRow | undefined> {
  const row = await db.selectFrom('shared_links').where('id', '=', linkId).select(columns).executeTakeFirst()
  return row && asLink(row)
}

/** Those that have not been ended, in the order in which they were made. */
export async function readLinks(db: Reader, documentId: DocumentId): Promise<LinkRow[]> {
  const rows = await db
    .selectFrom('shared_links')
    .where('document_id', '=', documentId)
    .where('ended_at', 'is', null)
    .select(columns)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(asLink)
}

/** A link with what decides whom it lets in, and what its page says of the document beside the text. */
export interface PlacedLink extends LinkRow {
  workspaceId: WorkspaceId
  publicLinks: boolean
  icon: string | null
  updatedAt: number
}

/** Undefined where there is none, and where its document is in the trash. */
export async function readPlacedLink(db: Reader, linkId: SharedLinkId): Promise<PlacedLink | undefined> {
  const row = await db
    .selectFrom('shared_links')
    .innerJoin('documents', 'documents.id', 'shared_links.document_id')
    .innerJoin('workspaces', 'workspaces.id', 'documents.workspace_id')
    .where('shared_links.id', '=', linkId)
    .where('documents.removed_at', 'is', null)
    .select(columns)
    .select([
      'documents.workspace_id as workspaceId',
      'workspaces.public_links as publicLinks',
      'documents.icon',
      'documents.updated_at as updatedAt',
    ])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { indexed, publicLinks, ...rest } = row
  return { ...rest, indexed: indexed === 1, publicLinks: publicLinks === 1 }
}

export async function insertLink(tx: Writer, row: LinkRow): Promise<void> {
  await tx
    .insertInto('shared_links')
    .values({
      id: row.id,
      document_id: row.documentId,
      reach: row.reach,
      expires_at: row.expiresAt,
      password_hash: row.passwordHash,
      indexed: row.indexed ? 1 : 0,
      created_by: row.createdBy,
      created_at: row.createdAt,
      ended_at: row.endedAt,
    })
    .execute()
}

/** What may change of a link; the rest of it stays. */
export type LinkChange = {
  [Name in 'reach' | 'expiresAt' | 'passwordHash' | 'indexed' | 'endedAt']?: LinkRow[Name] | undefined
}

export async function updateLink(tx: Writer, linkId: SharedLinkId, change: LinkChange): Promise<void> {
  const { reach, expiresAt, passwordHash, indexed, endedAt } = change
  await tx
    .updateTable('shared_links')
    .set({
      ...(reach === undefined ? {} : { reach }),
      ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
      ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
      ...(indexed === undefined ? {} : { indexed: indexed ? 1 : 0 }),
      ...(endedAt === undefined ? {} : { ended_at: endedAt }),
    })
    .where('id', '=', linkId)
    .execute()
}
