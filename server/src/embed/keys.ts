import { type ApiKey, type CreatedApiKey, isLiving, keyLimit, type OutsideRole } from '@weft/shared/embed'
import { ApiKeyId, type DocumentId, randomId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { mayManageEmbedding } from '@weft/shared/workspaces'
import { type Actor, readHead, requireRole } from '../workspaces/index.ts'
import type { EmbedDependencies } from './dependencies.ts'
import { hashSecret, keySecret, prefixOf } from './keySecret.ts'
import {
  countKeys,
  insertKey,
  markRevoked,
  markUsed,
  readKey,
  readKeyByHash,
  readKeyState,
  readKeys,
} from './keyStore.ts'

export interface KeyRequest {
  name: string
  role: OutsideRole
  documentId: DocumentId | null
  expiresInDays: number
}

const day = 86_400_000
/** A key's last use is written down no more often than this: each is a transaction. Milliseconds. */
const usedEvery = 60_000

const noKey = (): WeftError => new WeftError('not-found', 'There is no such key.')

/** API keys of workspaces: made by those who may let anybody in, told once, ended by their time or at once. */
export function createKeys({ storage, clock, log, commit, documents, secret }: EmbedDependencies) {
  /** Off the way of whoever asks: that it was used is no part of what they asked for. */
  function noteUse(key: ApiKey): void {
    const now = clock.now()
    if (key.usedAt !== null && now - key.usedAt < usedEvery) return
    storage
      .transaction((tx) => markUsed(tx, key.id, now))
      .catch((error: unknown) => log.warn({ err: error, keyId: key.id }, 'the use of a key was not noted'))
  }

  return {
    async keys(by: UserId, workspaceId: WorkspaceId): Promise<ApiKey[]> {
      await requireRole(storage.read, by, workspaceId, mayManageEmbedding)
      return readKeys(storage.read, workspaceId)
    },

    async createKey(by: Actor, workspaceId: WorkspaceId, request: KeyRequest): Promise<CreatedApiKey> {
      const { name, role, documentId, expiresInDays } = request
      const key = await commit.unlessDone(by, async () => {
        await requireRole(storage.read, by.userId, workspaceId, mayManageEmbedding)
        if (documentId !== null && (await documents.get(by.userId, documentId)).workspaceId !== workspaceId) {
          throw new WeftError('not-found', 'There is no such document in this workspace.')
        }
        return commit(by, workspaceId, async (tx, say): Promise<ApiKey> => {
          await requireRole(tx, by.userId, workspaceId, mayManageEmbedding)
          if ((await countKeys(tx, workspaceId)) >= keyLimit) {
            throw new WeftError('too-many', `A workspace has at most ${keyLimit} keys: revoke one that is not used.`)
          }
          const id = ApiKeyId.parse(randomId())
          const now = clock.now()
          const made = keySecret(secret, id)
          const one: ApiKey = {
            id,
            workspaceId,
            name,
            prefix: prefixOf(made),
            role,
            documentId,
            createdBy: by.userId,
            createdAt: now,
            expiresAt: now + expiresInDays * day,
            usedAt: null,
          }
          await insertKey(tx, one, hashSecret(made))
          await say({ type: 'embed.key-created', keyId: id })
          return one
        })
      })
      // Outside of the command: its kept answer must not hold the secret.
      return { ...key, secret: keySecret(secret, key.id) }
    },

    revokeKey: (by: Actor, workspaceId: WorkspaceId, keyId: ApiKeyId) =>
      commit(by, workspaceId, async (tx, say) => {
        await requireRole(tx, by.userId, workspaceId, mayManageEmbedding)
        const key = await readKeyState(tx, keyId)
        if (key?.workspaceId !== workspaceId) throw noKey()
        if (key.revokedAt !== null) return { seq: await readHead(tx, workspaceId) }
        await markRevoked(tx, keyId, clock.now())
        return { seq: await say({ type: 'embed.key-revoked', keyId }) }
      }),

    /** The key whose secret this is. Throws `signed-out` unless it can be used now. */
    async keyOf(bearer: string | undefined): Promise<ApiKey> {
      const [scheme, made] = (bearer ?? '').split(/ (.*)/s)
      const key =
        scheme === 'Bearer' && made !== undefined ? await readKeyByHash(storage.read, hashSecret(made)) : undefined
      if (key === undefined || !isLiving(key, clock.now())) {
        throw new WeftError('signed-out', 'This API key is not valid, or no longer: ask an admin of the workspace.')
      }
      noteUse(key)
      return key
    },

    /** Undefined: it has ended. */
    async livingKey(keyId: string): Promise<ApiKey | undefined> {
      const key = await readKey(storage.read, keyId)
      return key !== undefined && isLiving(key, clock.now()) ? key : undefined
    },
  }
}
