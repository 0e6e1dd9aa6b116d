import { createHash } from 'node:crypto'
import { DocumentRole } from '@weft/shared/documents'
import { DocumentId, UserId, WeftError } from '@weft/shared/kit'
import type { SocketToken } from '@weft/shared/sync'
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock } from '../kit/clock.ts'
import { type OneDocument, visitSourceKinds } from './oneDocument.ts'

const audience = 'weft-sync'
/** Of tokens for one document: whatever expects the other kind never takes one for it. */
const narrowAudience = 'weft-document'
/** [ACCESS-4] Ten minutes: what a stolen token is good for. Milliseconds. */
const lifetime = 10 * 60_000

export interface VerifiedToken {
  userId: UserId
  /** The sign-in that it was made in; without one it ends by its time alone. */
  sessionId?: string
  /** Absent: all that the person may open. */
  only?: OneDocument
  /** Milliseconds since 1970. */
  expiresAt: number
}

export interface SocketTokens {
  /** `sessionId` null: of no sign-in, so that only its time ends it. */
  issue(userId: UserId, sessionId: string | null): Promise<SocketToken>
  /** A token for one document, good until `expiresAt` (ms). It gives no right: what it names is looked at with each join. */
  issueFor(only: OneDocument, to: { userId: UserId; sessionId: string | null; expiresAt: number }): Promise<SocketToken>
  /**
   * Who it speaks for, from which session, for what, and until when. Throws `signed-out` for anything that is not a
   * living token of ours, and for one of a session that has ended.
   */
  verify(token: string): Promise<VerifiedToken>
}

const Narrowed = z.object({
  aud: z.literal(narrowAudience),
  doc: DocumentId,
  role: DocumentRole,
  src: z.object({ kind: z.enum(visitSourceKinds), id: z.string() }).nullable(),
})

const onlyOf = (payload: JWTPayload): OneDocument | undefined => {
  if (payload.aud === audience) return undefined
  const { doc, role, src } = Narrowed.parse(payload)
  return { documentId: doc, role, source: src }
}

/** [ACCESS-4] Tokens that fix the user of a socket. The key is not the one that signs sessions. */
export function createSocketTokens(
  secret: string,
  clock: Clock,
  isSignedIn: (sessionId: string) => Promise<boolean>,
): SocketTokens {
  const key = createHash('sha256').update(`${audience}\0${secret}`).digest()

  async function sign(claims: JWTPayload, userId: UserId, sessionId: string | null, until: number, whose: string) {
    const expires = Math.floor(until / 1000)
    const token = await new SignJWT(sessionId === null ? claims : { ...claims, sid: sessionId })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setAudience(whose)
      .setExpirationTime(expires)
      .sign(key)
    return { token, expiresAt: expires * 1000 }
  }

  return {
    issue: (userId, sessionId) => sign({}, userId, sessionId, clock.now() + lifetime, audience),

    issueFor: ({ documentId, role, source }, { userId, sessionId, expiresAt }) =>
      sign({ doc: documentId, role, src: source }, userId, sessionId, expiresAt, narrowAudience),

    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          audience: [audience, narrowAudience],
          requiredClaims: ['sub', 'exp', 'aud'],
          currentDate: new Date(clock.now()),
        })
        const only = onlyOf(payload)
        const verified = {
          userId: UserId.parse(payload.sub),
          expiresAt: (payload.exp ?? 0) * 1000,
          ...(only === undefined ? {} : { only }),
        }
        if (payload.sid === undefined) return verified
        const sessionId = z.string().parse(payload.sid)
        if (!(await isSignedIn(sessionId))) throw new Error('its session has ended')
        return { ...verified, sessionId }
      } catch (cause) {
        throw new WeftError('signed-out', 'This token is not valid, or no longer: ask for a new one.', { cause })
      }
    },
  }
}
