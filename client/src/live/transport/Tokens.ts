import type { SocketToken } from '@weft/shared/sync'
import type { Clock } from './Clock.ts'

/** A token with less than this left is not worth a join; ms. */
const enoughLeft = 60_000
/** The server's wish for a new token reaches every channel: those within this time mean the same one; ms. */
const oneWish = 20_000

interface Asked {
  token: Promise<SocketToken>
  askedAt: number
  expiresAt: number
}

/** The socket's token: asked for once for all channels, again when it runs out or the server wants another. */
export class Tokens {
  readonly #fetch: () => Promise<SocketToken>
  readonly #clock: Clock
  #current: Asked | null = null

  constructor(fetch: () => Promise<SocketToken>, clock: Clock) {
    this.#fetch = fetch
    this.#clock = clock
  }

  /** A token that is good now. Rejects as `fetch` does, and asks anew at the next call. */
  get(): Promise<string> {
    const known = this.#current
    const current = known !== null && this.#good(known) ? known : this.#ask()
    return current.token.then(({ token }) => token)
  }

  /** The server does not take, or soon will not take, the current one. */
  renew(): void {
    if (this.#current !== null && this.#clock.now() - this.#current.askedAt > oneWish) this.#current = null
  }

  /** A young one is good whatever this device's clock says of its end: the clock may be wrong. */
  #good({ askedAt, expiresAt }: Asked): boolean {
    const now = this.#clock.now()
    return now - askedAt < oneWish || expiresAt - now >= enoughLeft
  }

  #ask(): Asked {
    const asked: Asked = {
      token: this.#fetch(),
      askedAt: this.#clock.now(),
      expiresAt: Number.POSITIVE_INFINITY,
    }
    this.#current = asked
    asked.token.then(
      ({ expiresAt }) => {
        asked.expiresAt = expiresAt
      },
      () => {
        if (this.#current === asked) this.#current = null
      },
    )
    return asked
  }
}
