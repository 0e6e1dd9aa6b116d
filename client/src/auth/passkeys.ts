import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { get, post } from './accounts.ts'

/** What the browser, or the person in it, says no with. */
export type PasskeyProblem = 'cancelled' | 'there-already' | 'not-here'

export class PasskeyError extends Error {
  readonly problem: PasskeyProblem

  constructor(problem: PasskeyProblem, options?: ErrorOptions) {
    super(problem, options)
    this.name = 'PasskeyError'
    this.problem = problem
  }
}

/** Browsers know passkeys on HTTPS and for names alone; `localhost` is one, an address of the network is not. */
export const passkeysWork = (
  page: Pick<Location, 'hostname'> = location,
  known = window.PublicKeyCredential,
): boolean => known !== undefined && !/^[\d.]+$|:/.test(page.hostname)

const problems: Record<string, PasskeyProblem> = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'there-already',
}

/** The library wraps some of what the browser throws, and hands on the rest as it is. */
function asPasskeyError(error: unknown): PasskeyError {
  const { name } = error instanceof Error ? error : new Error('unknown')
  return new PasskeyError(problems[name] ?? 'not-here', { cause: error })
}

/** Rejects with `PasskeyError`, or like the calls of `accounts.ts`. */
export async function addPasskey(name: string): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  // Handed on to the browser, which reads it.
  const optionsJSON = (await get('passkey/generate-register-options')) as PublicKeyCredentialCreationOptionsJSON
  const response = await startRegistration({ optionsJSON }).catch((error: unknown) => {
    throw asPasskeyError(error)
  })
  await post('passkey/verify-registration', { response, name })
}

export async function signInWithPasskey(): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const options = (await get('passkey/generate-authenticate-options')) as PublicKeyCredentialRequestOptionsJSON
  // It stands for a password and a code: the device asks who holds it, as the server checks.
  const optionsJSON = { ...options, userVerification: 'required' as const }
  const response = await startAuthentication({ optionsJSON }).catch((error: unknown) => {
    throw asPasskeyError(error)
  })
  await post('passkey/verify-authentication', { response })
}

export const renamePasskey = (id: string, name: string) => post('passkey/update-passkey', { id, name })
export const removePasskey = (id: string) => post('passkey/delete-passkey', { id })
