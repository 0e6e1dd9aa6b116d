import type { ApiKey } from '@weft/shared/embed'
import type { ApiKeyId, WorkspaceId } from '@weft/shared/kit'
import type { Reader, Writer } from '../storage/port.ts'

const columns = [
  'id',
  'workspace_id as workspaceId',
  'name',
  'prefix',
  'role',
  'document_id as documentId',
  'created_by as createdBy',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'used_at as usedAt',
] as const

/** Those that were not revoked, the newest first; ended ones too. */
export const readKeys = (db: Reader, workspaceId: WorkspaceId): Promise<ApiKey[]> =>
  db
    .selectFrom('api_keys')
    .where('workspace_id', '=', workspaceId)
    .where('revoked_at', 'is', null)
    .select(columns)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()

/** Undefined: there is none, or it was revoked. */
export const readKey = (db: Reader, keyId: string): Promise<ApiKey | undefined> =>
  db
    .selectFrom('api_keys')
    .where('id', '=', keyId as ApiKeyId)
    .where('revoked_at', 'is', null)
    .select(columns)
    .executeTakeFirst()

/** Whose it is, and since when it is revoked. */
export const readKeyState = (db: Reader, keyId: ApiKeyId) =>
  db
    .selectFrom('api_keys')
    .where('id', '=', keyId)
    .select(['workspace_id as workspaceId', 'revoked_at as revokedAt'])
    .executeTakeFirst()

export const readKeyByHash = (db: Reader, hash: string): Promise<ApiKey | undefined> =>
  db
    .selectFrom('api_keys')
    .where('secret_hash', '=', hash)
    .where('revoked_at', 'is', null)
    .select(columns)
    .executeTakeFirst()

export async function countKeys(db: Reader, workspaceId: WorkspaceId): Promise<number> {
  const { count } = await db
    .selectFrom('api_keys')
    .where('workspace_id', '=', workspaceId)
    .where('revoked_at', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function insertKey(tx: Writer, key: ApiKey, hash: string): Promise<void> {
  await tx
    .insertInto('api_keys')
    .values({
      id: key.id,
      workspace_id: key.workspaceId,
      name: key.name,
      prefix: key.prefix,
      secret_hash: hash,
      role: key.role,
      document_id: key.documentId,
      created_by: key.createdBy,
      created_at: key.createdAt,
      expires_at: key.expiresAt,
      used_at: key.usedAt,
      revoked_at: null,
    })
    .execute()
}

export async function markRevoked(tx: Writer, keyId: ApiKeyId, at: number): Promise<void> {
  await tx.updateTable('api_keys').set({ revoked_at: at }).where('id', '=', keyId).execute()
}

export async function markUsed(tx: Writer, keyId: ApiKeyId, at: number): Promise<void> {
  await tx.updateTable('api_keys').set({ used_at: at }).where('id', '=', keyId).execute()
}
