import { isIP } from 'node:net'
import { passkey } from '@better-auth/passkey'
import { passkeyLimits } from '@weft/shared/auth'
import { UserId, WeftError } from '@weft/shared/kit'
import { asApiError } from './admission.ts'
import type { SecondFactors } from './secondFactors.ts'

export interface PasskeyDependencies {
  publicUrl: string
  origins: readonly string[]
  secondFactors: Pick<SecondFactors, 'passkeys' | 'hasPassword'>
}

/** Passkeys belong to a name: browsers know none for an address, and a server that is only tried is also `localhost`. */
function passkeyDomain(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return isIP(hostname.replace(/[[\]]/g, '')) === 0 ? hostname : 'localhost'
}

/** A passkey stands for a password and a code: whoever holds the device says who they are to it, by finger, face or PIN. */
function requirePerson(verified: boolean | undefined): void {
  if (verified !== true) throw asApiError(new WeftError('not-permitted', 'This passkey did not ask who holds it.'))
}

/** The plugin for passkeys. */
export function passkeys({ publicUrl, origins, secondFactors }: PasskeyDependencies) {
  return passkey({
    rpID: passkeyDomain(publicUrl),
    rpName: 'Weft',
    origin: [...origins],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      async afterVerification({ verification, user }) {
        requirePerson(verification.registrationInfo?.userVerified)
        const userId = UserId.parse(user.id)
        if (!(await secondFactors.hasPassword(userId))) {
          throw asApiError(new WeftError('not-permitted', 'You come in by single sign-on, which says who may.'))
        }
        if ((await secondFactors.passkeys(userId)).length >= passkeyLimits.count) {
          throw asApiError(new WeftError('conflict', 'An account has no more passkeys than these: remove one first.'))
        }
      },
    },
    authentication: {
      async afterVerification({ verification }) {
        requirePerson(verification.authenticationInfo.userVerified)
      },
    },
    advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
  })
}
