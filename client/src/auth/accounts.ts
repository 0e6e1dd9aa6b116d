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

async function post(path: string, body: object, invite: string | null = null): Promise<unknown> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(invite === null ? {} : { 'x-weft-invite': invite }) },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new OfflineError({ cause })
  })
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw accountError(response.status, answer)
  return answer
}

/** Each rejects with `AccountError`, `WeftError` or `OfflineError`; the session is a cookie. */
export const signUp = (person: { name: string; email: string; password: string }, invite: string | null) =>
  post('sign-up/email', person, invite)
export const signIn = (person: { email: string; password: string }) => post('sign-in/email', person)
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
