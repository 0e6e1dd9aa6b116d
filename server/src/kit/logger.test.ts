import { expect, test } from 'vitest'
import { redactUrl } from './logger.ts'

test.each([
  ['/y/abc?token=secret', '/y/abc?token=[redacted]'],
  ['/y/abc?a=1&TOKEN=secret&b=2', '/y/abc?a=1&TOKEN=[redacted]&b=2'],
  ['/y/abc?tok%65n=secret#x', '/y/abc?tok%65n=[redacted]#x'],
  ['/y/abc?%E0%A4%A=secret', '/y/abc?%E0%A4%A=[redacted]'],
  ['/api/auth/callback?code=secret&state=more', '/api/auth/callback?code=[redacted]&state=[redacted]'],
  ['/s/id.secret/files/abc', '/s/[redacted]/files/abc'],
  ['/sign-in?next=%2Fs%2Fsecret', '/sign-in?next=[redacted]'],
  ['/w/abc?tab=token', '/w/abc?tab=token'],
])('%s is logged as %s', (url, logged) => {
  expect(redactUrl(url)).toBe(logged)
})
