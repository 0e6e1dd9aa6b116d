import { randomId } from '@weft/shared/kit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  cookieOf,
  emailOf,
  password,
  personWith,
  startTestServer,
  type TestPerson,
  type TestServer,
} from './harness.ts'
import { totp, wrongTotp } from './totp.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ config: { signUp: 'open' } })
  await server.signUp('Owner')
})
afterAll(() => server.close())

const patience = { timeout: 15_000 }

async function post(path: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: server.url, cookie, 'user-agent': 'node' }
  return fetch(`${server.url}/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function expectRefused(response: Response, status: number, code: string): Promise<void> {
  expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })])
}

interface Setup {
  secret: string
  backupCodes: string[]
  /** In the session that goes on. */
  person: TestPerson
}

/** Somebody whose account asks for codes. */
async function withCodes(name: string): Promise<Setup> {
  const before = await server.signUp(name)
  const started = await post('two-factor/enable', { password }, before.cookie)
  expect(started.status).toBe(200)
  const { totpURI, backupCodes } = (await started.json()) as { totpURI: string; backupCodes: string[] }
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  const confirmed = await post('two-factor/verify-totp', { code: totp(secret) }, before.cookie)
  expect(confirmed.status).toBe(200)
  return { secret, backupCodes, person: await personWith(server.url, server.url, name, cookieOf(confirmed)) }
}

/** The first half of a sign-in: what the browser has after the password. */
async function halfIn(name: string, cookie = ''): Promise<string> {
  const response = await post('sign-in/email', { email: emailOf(name), password }, cookie)
  expect([response.status, await response.json()]).toEqual([
    200,
    { twoFactorRedirect: true, twoFactorMethods: ['totp'] },
  ])
  return cookieOf(response)
}

const warningsOf = async ({ account }: TestPerson): Promise<unknown[]> =>
  (await server.app.storage.read.selectFrom('events').select('fact').where('type', '=', 'account.warned').execute())
    .map(({ fact }) => JSON.parse(fact))
    .filter(({ userId }) => userId === account.id)
    .map(({ warning }) => warning)

test('a password and a code: turned on with both, asked for at the sign-in, turned off with the password', async () => {
  const ann = await server.signUp('Ann')
  expect(await ann.api.auth.security()).toMatchObject({ twoFactor: null, passkeys: [] })
  await expectRefused(
    await post('two-factor/enable', { password: 'not my password' }, ann.cookie),
    400,
    'INVALID_PASSWORD',
  )
  await expectRefused(await post('two-factor/enable', { password }), 401, 'UNAUTHORIZED')
  const started = await post('two-factor/enable', { password }, ann.cookie)
  const { totpURI, backupCodes } = (await started.json()) as { totpURI: string; backupCodes: string[] }
  expect(totpURI).toMatch(/^otpauth:\/\/totp\/Weft:ann%40weft\.example\?secret=[A-Z2-7]+&issuer=Weft/)
  expect(new Set(backupCodes).size).toBe(10)
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  await expectRefused(
    await post('two-factor/verify-totp', { code: wrongTotp(secret) }, ann.cookie),
    401,
    'INVALID_CODE',
  )
  // Not before the app is known to work: nobody locks themselves out.
  const early = await post('sign-in/email', { email: ann.email, password })
  expect(await early.json()).not.toHaveProperty('twoFactorRedirect')

  const confirmed = await post('two-factor/verify-totp', { code: totp(secret) }, ann.cookie)
  const here = await personWith(server.url, server.url, 'Ann', cookieOf(confirmed))
  expect(await here.api.auth.security()).toMatchObject({ twoFactor: { backupCodesLeft: 10 } })
  await expectRefused(await post('two-factor/enable', { password }, here.cookie), 400, 'TOTP_ALREADY_ENABLED')

  // Half in is not in.
  const half = await halfIn('Ann')
  const halfway = await fetch(`${server.url}/api/v1/me`, { headers: { cookie: half } })
  expect(halfway.status).toBe(401)
  const done = await post('two-factor/verify-totp', { code: totp(secret) }, half)
  const there = await personWith(server.url, server.url, 'Ann', cookieOf(done))
  expect(there.account).toMatchObject({ name: 'Ann' })
  // What let one in lets nobody in again.
  await expectRefused(
    await post('two-factor/verify-totp', { code: totp(secret) }, half),
    401,
    'INVALID_TWO_FACTOR_COOKIE',
  )

  await expectRefused(await post('two-factor/disable', { password: 'not mine' }, there.cookie), 400, 'INVALID_PASSWORD')
  const off = await post('two-factor/disable', { password }, there.cookie)
  const after = await personWith(server.url, server.url, 'Ann', cookieOf(off))
  expect(await after.api.auth.security()).toMatchObject({ twoFactor: null })
  const again = await post('sign-in/email', { email: ann.email, password })
  expect(await again.json()).not.toHaveProperty('twoFactorRedirect')
  await vi.waitFor(async () => expect(await warningsOf(ann)).toEqual(['two-factor-on', 'two-factor-off']), patience)
})

test('a backup code lets in once; new ones end the old ones, and need the password', async () => {
  const { backupCodes, person } = await withCodes('Ben')
  const [first = '', second = ''] = backupCodes
  const useCode = async (code: string) => post('two-factor/verify-backup-code', { code }, await halfIn('Ben'))
  expect((await useCode(first)).status).toBe(200)
  await expectRefused(await useCode(first), 401, 'INVALID_BACKUP_CODE')
  expect(await person.api.auth.security()).toMatchObject({ twoFactor: { backupCodesLeft: 9 } })
  const renew = (secret: string) => post('two-factor/generate-backup-codes', { password: secret }, person.cookie)
  await expectRefused(await renew('not mine'), 400, 'INVALID_PASSWORD')
  const renewed = (await (await renew(password)).json()) as { backupCodes: string[] }
  await expectRefused(await useCode(second), 401, 'INVALID_BACKUP_CODE')
  expect((await useCode(renewed.backupCodes[0] ?? '')).status).toBe(200)
  await vi.waitFor(async () => expect(await warningsOf(person)).toContain('backup-codes-renewed'), patience)
})

test('[LIMIT-1] wrong codes end a sign-in after five, and all of an account’s for a while after ten', async () => {
  const { secret, backupCodes } = await withCodes('Carl')
  const wrong = wrongTotp(secret)
  for (let round = 0; round < 2; round++) {
    const half = await halfIn('Carl')
    for (let attempt = 0; attempt < 5; attempt++) {
      await expectRefused(await post('two-factor/verify-totp', { code: wrong }, half), 401, 'INVALID_CODE')
    }
    // Not even the right one, in this sign-in.
    const late = await post('two-factor/verify-totp', { code: totp(secret) }, half)
    expect(late.ok).toBe(false)
  }
  const half = await halfIn('Carl')
  const locked = 'ACCOUNT_TEMPORARILY_LOCKED'
  await expectRefused(await post('two-factor/verify-totp', { code: totp(secret) }, half), 429, locked)
  await expectRefused(await post('two-factor/verify-backup-code', { code: backupCodes[0] }, half), 429, locked)
})

test('a device that is remembered is asked for no code, until the password is another or codes are off', async () => {
  const { secret, person } = await withCodes('Dora')
  const remembered = async (): Promise<string> =>
    cookieOf(await post('two-factor/verify-totp', { code: totp(secret), trustDevice: true }, await halfIn('Dora')))
  const asked = async (cookie: string, secretWord = password): Promise<[boolean, string]> => {
    const response = await post('sign-in/email', { email: person.email, password: secretWord }, trustIn(cookie))
    expect(response.status).toBe(200)
    return ['twoFactorRedirect' in ((await response.json()) as object), cookieOf(response)]
  }
  const device = await remembered()
  const [first, renewed] = await asked(device)
  expect(first).toBe(false)
  // It is renewed with each use: a copy that was taken before is worth nothing.
  expect((await asked(device))[0]).toBe(true)
  // Nor is it anybody else's way in.
  await withCodes('Eve')
  const eves = await post('sign-in/email', { email: emailOf('Eve'), password }, trustIn(renewed))
  expect(await eves.json()).toMatchObject({ twoFactorRedirect: true })

  const next = await remembered()
  const change = { currentPassword: password, newPassword: 'another long password' }
  expect((await post('change-password', change, person.cookie)).status).toBe(200)
  expect((await asked(next, 'another long password'))[0]).toBe(true)
})

const trustIn = (cookie: string): string =>
  cookie
    .split('; ')
    .filter((pair) => pair.includes('trust_device'))
    .join('; ')

test('nobody gets at another person’s passkeys; names are bounded', async () => {
  const [fay, gus] = [await server.signUp('Fay'), await server.signUp('Gus')]
  const id = randomId()
  await server.app.storage.transaction(async (tx) => {
    await sql`insert into passkey (id, name, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", "createdAt")
      values (${id}, 'Phone', 'AA', ${fay.account.id}, 'credential', 0, 'singleDevice', 0, '2026-01-01T00:00:00.000Z')`.execute(
      tx,
    )
  })
  expect((await fay.api.auth.security()).passkeys).toEqual([{ id, name: 'Phone', addedAt: Date.UTC(2026, 0, 1) }])
  expect((await gus.api.auth.security()).passkeys).toEqual([])
  expect((await post('passkey/update-passkey', { id, name: 'Mine' }, gus.cookie)).status).toBe(401)
  expect((await post('passkey/delete-passkey', { id }, gus.cookie)).status).toBe(401)
  expect((await post('passkey/delete-passkey', { id })).status).toBe(401)
  for (const name of ['', ' ', 'x'.repeat(61), 7, undefined]) {
    expect((await post('passkey/update-passkey', { id, name }, fay.cookie)).status).toBe(400)
  }
  expect((await post('passkey/update-passkey', { id, name: 'Old phone' }, fay.cookie)).status).toBe(200)
  expect((await fay.api.auth.security()).passkeys).toMatchObject([{ name: 'Old phone' }])
  // A key that nobody holds, and one that answers to no question of ours.
  const made = { id: 'credential', rawId: 'credential', type: 'public-key', clientExtensionResults: {}, response: {} }
  expect((await post('passkey/verify-authentication', { response: made })).status).toBe(400)
  expect((await post('passkey/delete-passkey', { id }, fay.cookie)).status).toBe(200)
  await vi.waitFor(async () => expect(await warningsOf(fay)).toEqual(['passkey-removed']), patience)
})

test('nothing of codes, passkeys and remembered devices is left of a deleted account', async () => {
  const { secret, person } = await withCodes('Hugo')
  const { id: userId } = person.account
  const done = await post('two-factor/verify-totp', { code: totp(secret), trustDevice: true }, await halfIn('Hugo'))
  expect(done.status).toBe(200)
  expect((await person.fetch('/api/auth/passkey/generate-register-options')).status).toBe(200)
  await server.app.storage.transaction(async (tx) => {
    await sql`insert into passkey (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp")
      values (${randomId()}, 'AA', ${userId}, 'hugos', 0, 'singleDevice', 0)`.execute(tx)
  })
  const left = async () => {
    const found: string[] = []
    for (const table of ['twoFactor', 'passkey', 'verification', 'session', 'account', 'user']) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(server.app.storage.read)
      if (JSON.stringify(rows).includes(userId)) found.push(table)
    }
    return found
  }
  expect(await left()).toEqual(['twoFactor', 'passkey', 'verification', 'session', 'account', 'user'])
  expect((await post('delete-user', { password }, person.cookie)).status).toBe(200)
  expect(await left()).toEqual([])
})
