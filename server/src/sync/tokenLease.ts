import type { UserId } from '@weft/shared/kit'
import type { OneDocument, VerifiedToken } from '../auth/index.ts'
import { patience } from './bounds.ts'

/** [ACCESS-4] Whose socket it is, and until when. */
export class TokenLease {
  #userId: UserId | null = null
  #sessionId: string | null = null
  #only: OneDocument | null = null
  #expiresAt = 0
  /** The end for which a successor was asked for: once before it, and once at it. */
  #asked: 'not' | 'ahead' | 'late' = 'not'
  #refused = 0

  get userId(): UserId | null {
    return this.#userId
  }

  get sessionId(): string | null {
    return this.#sessionId
  }

  /** What the newest token is narrowed to. */
  get only(): OneDocument | null {
    return this.#only
  }

  /** Takes a verified token; false when it is another person's, or for another document than the first one was. */
  take(token: VerifiedToken): boolean {
    const only = token.only ?? null
    if (this.#userId !== null) {
      if (this.#userId !== token.userId || this.#only?.documentId !== only?.documentId) return false
    }
    this.#userId = token.userId
    if (token.expiresAt > this.#expiresAt) {
      this.#expiresAt = token.expiresAt
      this.#sessionId = token.sessionId ?? null
      this.#only = only
      this.#asked = 'not'
    }
    return true
  }

  refusedTooOften(limit: number): boolean {
    return ++this.#refused > limit
  }

  /** What is to be done now: ask for a new token (once for the whole socket), or close. */
  due(now: number): 'ask' | 'close' | null {
    if (now > this.#expiresAt + patience.tokenGrace) return 'close'
    if (now > this.#expiresAt && this.#asked !== 'late') {
      this.#asked = 'late'
      return 'ask'
    }
    if (now > this.#expiresAt - patience.tokenAhead && this.#asked === 'not') {
      this.#asked = 'ahead'
      return 'ask'
    }
    return null
  }
}
