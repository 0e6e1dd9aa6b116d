import { WeftError } from '@weft/shared/kit'
import { describe, expect, it } from 'vitest'
import { OfflineError } from '../kit/index.ts'
import { AccountError, accountError } from './accounts.ts'

describe('what the account library answers', () => {
  it('keeps our own errors, whatever else stands beside them', () => {
    const body = { code: 'sign-up-closed', id: 'sign-up-closed', reaction: 'fatal', message: 'by invitation' }
    const error = accountError(403, body)
    expect(error).toBeInstanceOf(WeftError)
    expect(error).toMatchObject({ id: 'sign-up-closed', message: 'by invitation' })
  })

  it('knows a wrong password and a taken address', () => {
    expect(accountError(401, { code: 'INVALID_EMAIL_OR_PASSWORD' })).toMatchObject({ problem: 'wrong-password' })
    expect(accountError(400, { code: 'INVALID_PASSWORD' })).toMatchObject({ problem: 'wrong-current-password' })
    expect(accountError(422, { code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' })).toBeInstanceOf(AccountError)
  })

  it('takes a proxy without a server behind it for no connection', () => {
    expect(accountError(502, null)).toBeInstanceOf(OfflineError)
  })

  it('has an error for answers that nobody foresaw', () => {
    expect(accountError(500, '<html>')).toMatchObject({ id: 'internal' })
    expect(accountError(429, {})).toMatchObject({ id: 'too-many' })
    expect(accountError(418, { message: 'no tea' })).toMatchObject({ id: 'invalid-input', message: 'no tea' })
  })
})
