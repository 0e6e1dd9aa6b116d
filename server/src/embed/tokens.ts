import type { DocumentRole } from '@weft/shared/documents'
import { type DocumentToken, type HostTokenRequest, type OutsideRole, reachesRole } from '@weft/shared/embed'
import { type DocumentId, type UserId, WeftError } from '@weft/shared/kit'
import { RequestRate } from '../kit/http/index.ts'
import type { EmbedDependencies } from './dependencies.ts'
import type { createKeys } from './keys.ts'

type Keys = Pick<ReturnType<typeof createKeys>, 'keyOf' | 'livingKey'>

/** Tokens for one document: for a person of a host, or of one's own. */
export function createTokens(deps: EmbedDependencies, keys: Keys) {
  const { clock, documents, issueToken, admitVisitor } = deps
  const rate = new RequestRate(deps.tokensPerMinute, clock)

  /** [ACCESS-1] What a key gives on a document: asked when a token is made, and with each join. */
  async function keyRole(keyId: string, documentId: DocumentId): Promise<DocumentRole | null> {
    const key = await keys.livingKey(keyId)
    return key === undefined ? null : documents.outsideRoleOf(key.workspaceId, key, documentId)
  }

  return {
    keyRole,

    /** A token for a person of the host that the key is of. Never for more than the key gives, nor for longer than it lives. */
    async hostToken(bearer: string | undefined, request: HostTokenRequest): Promise<DocumentToken> {
      const key = await keys.keyOf(bearer)
      rate.count(key.id)
      const { documentId, user, role, expiresInSeconds } = request
      // [ACCESS-3] The same words for a document that the key does not reach and for one that is not there.
      if ((await keyRole(key.id, documentId)) === null) {
        throw new WeftError('not-found', 'There is no such document, or this key does not open it.')
      }
      if (!reachesRole(key.role, role)) {
        throw new WeftError('not-permitted', `This key gives no more than "${key.role}": ask for that, or for less.`)
      }
      const userId = await admitVisitor({
        workspaceId: key.workspaceId,
        kind: 'key',
        host: key.name,
        externalId: user.id,
        name: user.name,
        image: user.image,
      })
      const expiresAt = Math.min(clock.now() + expiresInSeconds * 1_000, key.expiresAt)
      const only = { documentId, role, source: { kind: 'key' as const, id: key.id } }
      return { ...(await issueToken(only, { userId, sessionId: null, expiresAt })), userId }
    },

    /** A token of one's own, for a document that one may open; it ends with the sign-in that it was made in. */
    async ownToken(
      userId: UserId,
      signIn: string,
      request: { documentId: DocumentId; role: OutsideRole; expiresInSeconds: number },
    ): Promise<DocumentToken> {
      const { documentId, role, expiresInSeconds } = request
      await documents.get(userId, documentId)
      const expiresAt = clock.now() + expiresInSeconds * 1_000
      const token = await issueToken({ documentId, role, source: null }, { userId, sessionId: signIn, expiresAt })
      return { ...token, userId }
    },
  }
}
