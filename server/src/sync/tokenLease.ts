import type { UserId } from '@weft/shared/kit'
import { patience } from './bounds.ts'

export interface VerifiedToken {
  userId: UserId
  /** The sign-in that it was made in; without one it ends by its time alone. */
  sessionId?: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** [ACCESS-4] Whose socket it is, and until when. */
export class TokenLease {
  #userId: UserId | null = null
  #sessionId: string | null = null
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

  /** Takes a verified token; false when it is another person's. */
  take(token: VerifiedToken): boolean {
    if (this.#userId !== null && this.#userId !== token.userId) return false
    this.#userId = token.userId
    if (token.expiresAt > this.#expiresAt) {
      this.#expiresAt = token.expiresAt
      this.#sessionId = token.sessionId ?? null
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
