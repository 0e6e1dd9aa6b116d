import type { IncomingMessage, ServerResponse } from 'node:http'
import { WeftError } from '@weft/shared/kit'
import { verifyPassword } from 'better-auth/crypto'
import type { Clock } from '../kit/clock.ts'
import { RequestRate } from '../kit/http/index.ts'
import type { LinkTokens } from './linkTokens.ts'
import type { PlacedLink } from './store.ts'

const name = 'weft-link'

/** What a browser holds for the one link whose path this is: it is sent with no other. */
export function admissionCookie({ headers }: IncomingMessage): string | null {
  const found = headers.cookie?.split(';').find((part) => part.trim().startsWith(`${name}=`))
  return found === undefined ? null : found.trim().slice(name.length + 1)
}

/** Guesses of one link from everywhere, beside those from one address. */
const everywhere = 10

/** Lets those in who know a link's password. */
export function createAdmission(deps: { clock: Clock; tokens: LinkTokens; perMinute: number; secure: boolean }) {
  const { clock, tokens, secure } = deps
  const perAddress = new RequestRate(deps.perMinute, clock)
  const perLink = new RequestRate(deps.perMinute * everywhere, clock)

  return {
    secondsLeft: () => perAddress.secondsLeft,

    /**
     * Whether the password is right; then the browser is given what it shows from now on, for this path alone. Throws
     * `too-many` before the password is looked at.
     */
    async admit(link: PlacedLink, password: string, address: string, path: string, response: ServerResponse) {
      const { id, passwordHash } = link
      if (passwordHash === null) return true
      perAddress.count(`${id} ${address}`)
      perLink.count(id)
      if (!(await verifyPassword({ hash: passwordHash, password }))) return false
      const { value, seconds } = tokens.admit(id, passwordHash, clock.now())
      const kept = `Max-Age=${seconds}; Path=${path}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
      response.setHeader('set-cookie', `${name}=${value}; ${kept}`)
      return true
    },
  }
}
export type Admission = ReturnType<typeof createAdmission>

export const isTooMany = (error: unknown): boolean => error instanceof WeftError && error.id === 'too-many'
