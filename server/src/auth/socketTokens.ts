import { createHash } from 'node:crypto'
import { UserId, WeftError } from '@weft/shared/kit'
import type { SocketToken } from '@weft/shared/sync'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock } from '../kit/clock.ts'

const audience = 'weft-sync'
/** [ACCESS-4] Ten minutes: what a stolen token is good for. Milliseconds. */
const lifetime = 10 * 60_000

export interface SocketTokens {
  /** `sessionId` null: of no sign-in, so that only its time ends it. */
  issue(userId: UserId, sessionId: string | null): Promise<SocketToken>
  /**
   * Who it speaks for, from which session, and until when (ms). Throws `signed-out` for anything that is not a living
   * token of ours, and for one of a session that has ended.
   */
  verify(token: string): Promise<{ userId: UserId; sessionId?: string; expiresAt: number }>
}

/** [ACCESS-4] Tokens that fix the user of a socket. The key is not the one that signs sessions. */
export function createSocketTokens(
  secret: string,
  clock: Clock,
  isSignedIn: (sessionId: string) => Promise<boolean>,
): SocketTokens {
  const key = createHash('sha256').update(`${audience}\0${secret}`).digest()
  return {
    async issue(userId, sessionId) {
      const expires = Math.floor((clock.now() + lifetime) / 1000)
      const token = await new SignJWT(sessionId === null ? {} : { sid: sessionId })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setAudience(audience)
        .setExpirationTime(expires)
        .sign(key)
      return { token, expiresAt: expires * 1000 }
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          audience,
          requiredClaims: ['sub', 'exp'],
          currentDate: new Date(clock.now()),
        })
        const verified = { userId: UserId.parse(payload.sub), expiresAt: (payload.exp ?? 0) * 1000 }
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
