import { type ErrorBody, type UserId, WeftError } from '@weft/shared/kit'
import { APIError } from 'better-auth/api'
import type { Installation } from './installation.ts'

/** Where a person who signs up carries the secret of their invitation. */
export const inviteHeader = 'x-weft-invite'

export interface Admission {
  /** Refuses whoever may not make an account now. */
  check(inviteToken: string | null, email: string | null): Promise<void>
  /** The same, and makes the first person the owner of the installation: nobody else can be first after it. */
  enter(userId: UserId, inviteToken: string | null, email: string): Promise<void>
}

export interface AdmissionDependencies {
  installation: Installation
  signUp: 'invited' | 'open'
  /** Whether a token is of an invitation that can be used now, by who has this address. */
  inviteOpens(token: string, email: string | null): Promise<boolean>
}

/** The answer of the account library that carries our error. */
export const asApiError = (error: WeftError): APIError =>
  new APIError(error.status as 403, { code: error.id, ...(error.toBody() satisfies ErrorBody) })

/** Who may make an account: the first person, then whoever `SIGN_UP` says. */
export function createAdmission({ installation, signUp, inviteOpens }: AdmissionDependencies): Admission {
  const laterOn = async (inviteToken: string | null, email: string | null): Promise<void> => {
    if (signUp === 'open') return
    if (inviteToken !== null && (await inviteOpens(inviteToken, email))) return
    throw asApiError(
      inviteToken === null
        ? new WeftError('sign-up-closed', 'Accounts are made by invitation here: ask somebody for a link.')
        : new WeftError('invite-not-valid', 'This invitation can no longer be used: ask for a new link.'),
    )
  }
  return {
    async check(inviteToken, email) {
      if ((await installation.owner()) !== null) await laterOn(inviteToken, email)
    },
    async enter(userId, inviteToken, email) {
      if (!(await installation.claim(userId))) await laterOn(inviteToken, email)
    },
  }
}
