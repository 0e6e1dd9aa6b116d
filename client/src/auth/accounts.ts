import { ErrorBody, type ErrorId, WeftError } from '@weft/shared/kit'
import { z } from 'zod'
import { OfflineError } from '../kit/index.ts'

/** What the account library says no with, beside our own errors. */
export type AccountProblem =
  | 'wrong-password'
  | 'wrong-current-password'
  | 'no-password'
  | 'sign-in-again'
  | 'email-taken'
  | 'password-too-short'
  | 'password-too-long'
  | 'bad-email'
  | 'wrong-code'
  | 'wrong-backup-code'
  | 'start-again'
  | 'locked'
  | 'two-factor-is-on'
  | 'passkey-unknown'
  | 'passkey-failed'

export class AccountError extends Error {
  readonly problem: AccountProblem

  constructor(problem: AccountProblem) {
    super(problem)
    this.name = 'AccountError'
    this.problem = problem
  }
}

const known: Record<string, AccountProblem> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong-password',
  INVALID_PASSWORD: 'wrong-current-password',
  SESSION_EXPIRED: 'sign-in-again',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'no-password',
  USER_ALREADY_EXISTS: 'email-taken',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email-taken',
  PASSWORD_TOO_SHORT: 'password-too-short',
  PASSWORD_TOO_LONG: 'password-too-long',
  INVALID_EMAIL: 'bad-email',
  SESSION_NOT_FRESH: 'sign-in-again',
  INVALID_CODE: 'wrong-code',
  INVALID_BACKUP_CODE: 'wrong-backup-code',
  INVALID_TWO_FACTOR_COOKIE: 'start-again',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'start-again',
  ACCOUNT_TEMPORARILY_LOCKED: 'locked',
  TOTP_ALREADY_ENABLED: 'two-factor-is-on',
  PASSKEY_NOT_FOUND: 'passkey-unknown',
  CHALLENGE_NOT_FOUND: 'passkey-failed',
  AUTHENTICATION_FAILED: 'passkey-failed',
  FAILED_TO_VERIFY_REGISTRATION: 'passkey-failed',
}

const LibraryError = z.object({ code: z.string().optional(), message: z.string().optional() })

/** The error of an answer of `/api/auth`, in our own words where it has some. */
export function accountError(status: number, body: unknown): Error {
  const own = ErrorBody.safeParse(body)
  if (own.success) return new WeftError(own.data.id, own.data.message)
  const library = LibraryError.safeParse(body)
  const problem = known[library.data?.code ?? '']
  if (problem !== undefined) return new AccountError(problem)
  if (status === 502 || status === 503 || status === 504) return new OfflineError()
  const id: ErrorId =
    status === 429 ? 'too-many' : status === 401 ? 'signed-out' : status < 500 ? 'invalid-input' : 'internal'
  return new WeftError(id, library.data?.message ?? `the server answered with ${status}`)
}

async function ask(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`/api/auth/${path}`, init).catch((cause: unknown) => {
    throw new OfflineError({ cause })
  })
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw accountError(response.status, answer)
  return answer
}

/** Like the calls below, for those of other files. */
export const post = (path: string, body: object, invite: string | null = null) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(invite === null ? {} : { 'x-weft-invite': invite }) },
    body: JSON.stringify(body),
  })
export const get = (path: string) => ask(path, {})

/** Each rejects with `AccountError`, `WeftError` or `OfflineError`; the session is a cookie. */
export const signUp = (person: { name: string; email: string; password: string }, invite: string | null) =>
  post('sign-up/email', person, invite)
/** `code`: the password is right, and a code is asked for next; nobody is signed in before it. */
export async function signIn(person: { email: string; password: string }): Promise<'in' | 'code'> {
  const answer = await post('sign-in/email', person)
  return z.object({ twoFactorRedirect: z.literal(true) }).safeParse(answer).success ? 'code' : 'in'
}
/** Leaves the page for the provider's; it sends the person back to `to`, a path of ours. */
export async function signInElsewhere(provider: string, to: string, invite: string | null): Promise<void> {
  const answer = await post('sign-in/social', {
    provider,
    callbackURL: to,
    errorCallbackURL: '/sign-in',
    ...(invite === null ? {} : { additionalData: { invite } }),
  })
  location.assign(z.object({ url: z.url() }).parse(answer).url)
}
export const signOut = () => post('sign-out', {})
export const changePassword = (change: { currentPassword: string; newPassword: string }) =>
  post('change-password', change)
/** The password is asked of everybody who has one; null: they come by single sign-on alone. */
export const deleteAccount = (password: string | null) => post('delete-user', password === null ? {} : { password })
export const changeName = (name: string) => post('update-user', { name })
