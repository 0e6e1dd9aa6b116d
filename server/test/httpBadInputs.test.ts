import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { ErrorBody, randomId } from '@weft/shared/kit'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSocketTokens } from '../src/auth/socketTokens.ts'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

let server: TestServer
let ann: TestPerson
let workspaceId: string

beforeAll(async () => {
  server = await startTestServer({ limits: { httpBodyBytes: 1_000_000 } })
  ann = await server.signUp('Ann')
  workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
})
afterAll(() => server.close())

const json = { 'content-type': 'application/json' }
const answer = async (response: Response) => [response.status, ErrorBody.parse(await response.json()).id]
const post = (path: string, body: string, headers: Record<string, string> = json) =>
  ann.fetch(`/api/v1${path}`, { method: 'POST', headers, body })

/** Bytes as they are, and what comes back until the server hangs up. */
async function raw(request: string): Promise<string> {
  const socket = connect(server.app.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(request)
  return text(socket)
}

test.for([
  ['not JSON', '{"name":'],
  ['a number', '5'],
  ['nothing', ''],
  ['an empty name', '{"name":"   "}'],
  ['a name that is too long', JSON.stringify({ name: 'x'.repeat(121) })],
  ['a list for a name', '{"name":["x"]}'],
  ['an id that means something to JavaScript', '{"name":"x","id":"__proto__"}'],
  ['an id that is a path', '{"name":"x","id":"../../../etc/passwd"}'],
  ['100,000 lists in each other', `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['100,000 objects in each other', `{"name":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
] as const)('a body of %s is refused', async ([, body]) => {
  expect(await answer(await post('/workspaces', body))).toEqual([400, 'invalid-input'])
  expect(await ann.api.workspaces.list()).toHaveLength(1)
})

test('an answer to bad input names the field', async () => {
  const response = await post(`/workspaces/${workspaceId}/invites`, '{"expiresInHours":0}')
  expect(ErrorBody.parse(await response.json()).message).toMatch(/^expiresInHours: /)
})

test('a body that is too large, or is no JSON, is refused', async () => {
  expect(await answer(await post('/workspaces', JSON.stringify({ name: 'x'.repeat(1_000_001) })))).toEqual([
    413,
    'too-large',
  ])
  expect(await answer(await post('/workspaces', 'name=x', { 'content-type': 'text/plain' }))).toEqual([
    400,
    'invalid-input',
  ])
  const large = JSON.stringify({ name: 'x'.repeat(70_000), email: 'x@weft.example', password: 'x'.repeat(20) })
  const signUp = await fetch(`${server.url}/api/auth/sign-up/email`, { method: 'POST', headers: json, body: large })
  expect(await answer(signUp)).toEqual([413, 'too-large'])
})

test('a body that grows without an end is cut off', async () => {
  const socket = connect(server.app.port, '127.0.0.1')
  await once(socket, 'connect')
  let ended = false
  socket.on('error', () => {})
  socket.on('close', () => {
    ended = true
  })
  const received = text(socket).catch(() => 'reset')
  socket.write(
    `POST /api/v1/workspaces HTTP/1.1\r\nhost: x\r\ncookie: ${ann.cookie}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
  )
  const chunk = `10000\r\n${'['.repeat(0x10000)}\r\n`
  let sent = 0
  const feed = setInterval(() => {
    if (!ended && sent < 1_000) {
      socket.write(chunk)
      sent++
    }
  }, 1)
  const answered = await Promise.race([received, once(socket, 'data').then(([data]) => String(data))])
  clearInterval(feed)
  socket.destroy()
  expect(answered).toMatch(/^HTTP\/1\.1 413|^reset/)
  expect(sent).toBeLessThan(1_000)
})

test('2,000 headers, and headers that are too large, are refused', async () => {
  const many = Array.from({ length: 2_000 }, (_, i) => `a${i % 10}: b`).join('\r\n')
  expect(await raw(`GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${many}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 413[\s\S]*"too-large"/,
  )
  const large = `a: ${'b'.repeat(20_000)}`
  expect(await raw(`GET /healthz HTTP/1.1\r\nhost: x\r\n${large}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431[\s\S]*"too-large"/)
  expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400[\s\S]*"invalid-input"/)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

test.for(['https://evil.test', 'null', 'http://127.0.0.1', 'http://localhost:1'])(
  'a page of %s cannot send commands',
  async (origin) => {
    const headers = { ...json, origin }
    const before = await ann.api.workspaces.list()
    const create = await ann.fetch('/api/v1/workspaces', { method: 'POST', headers, body: '{"name":"x"}' })
    expect(await answer(create)).toEqual([403, 'foreign-origin'])
    const signOut = await ann.fetch('/api/auth/sign-out', { method: 'POST', headers, body: '{}' })
    expect(await answer(signOut)).toEqual([403, 'foreign-origin'])
    expect(await ann.api.workspaces.list()).toEqual(before)
  },
)

test('whoever is no browser sends no Origin, and is let in', async () => {
  const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: ann.email, password: 'a long enough password' }),
  })
  expect(response.status).toBe(200)
  const created = await fetch(`${server.url}/api/v1/workspaces`, {
    method: 'POST',
    headers: { ...json, cookie: ann.cookie },
    body: '{"name":"By script"}',
  })
  expect(created.status).toBe(201)
})

test('[ACCESS-4] a socket token is refused when it is expired, unsigned, forged, or for something else', async () => {
  const { secret } = server.config
  let now = Date.now()
  const tokens = createSocketTokens(secret, { now: () => now }, async () => true)
  const { token, expiresAt } = await tokens.issue(ann.account.id, null)
  expect(expiresAt - now).toBeLessThanOrEqual(600_000)
  expect(await tokens.verify(token)).toEqual({ userId: ann.account.id, expiresAt })
  expect(await tokens.verify(await ann.token())).toMatchObject({ userId: ann.account.id })

  const [, payload = '', signature = ''] = token.split('.')
  const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
  const otherKey = createSocketTokens(`${secret}!`, { now: () => now }, async () => true)
  const elsewhere = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(ann.account.id)
    .setAudience('weft-embed')
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret))
  const bad = [
    '',
    'garbage',
    'a.b.c',
    `${unsigned}.${payload}.`,
    `${unsigned}.${payload}.${signature}`,
    token.slice(0, -2),
    elsewhere,
    (await otherKey.issue(ann.account.id, null)).token,
    'x'.repeat(1_000_000),
  ]
  for (const each of bad) await expect(tokens.verify(each)).rejects.toMatchObject({ id: 'signed-out' })
  now = expiresAt
  await expect(tokens.verify(token)).rejects.toMatchObject({ id: 'signed-out' })
})

test('a token in the query of an address opens nothing', async () => {
  const response = await fetch(`${server.url}/api/v1/me?token=${await ann.token()}`)
  expect(await answer(response)).toEqual([401, 'signed-out'])
})

test('an Idempotency-Key that is none is refused', async () => {
  const response = await post('/workspaces', '{"name":"x"}', { ...json, 'idempotency-key': 'x' })
  expect(await answer(response)).toEqual([400, 'invalid-input'])
})

test('addresses that do not exist answer in the same shape', async () => {
  for (const path of [
    '/api',
    '/api/v1/nothing',
    '/api/v2/workspaces',
    '/assets/none.js',
    `/api/v1/documents/${randomId()}/x`,
  ]) {
    expect(await answer(await ann.fetch(path))).toEqual([404, 'not-found'])
  }
})

test('one person cannot ask without an end, and the others do not notice', async () => {
  await using small = await startTestServer({ config: { signUp: 'open' }, limits: { httpRequestsPerMinute: 20 } })
  const [eve, ben] = await Promise.all([small.signUp('Eve'), small.signUp('Ben')])
  const ends = await Promise.allSettled(Array.from({ length: 50 }, () => eve.api.auth.me()))
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.id] : []))
  expect(new Set(refused)).toEqual(new Set(['too-many']))
  expect(refused.length).toBeGreaterThanOrEqual(30)
  expect(await ben.api.auth.me()).toMatchObject({ name: 'Ben' })
})

test('guesses at a password are bounded', async () => {
  await using small = await startTestServer({ limits: { signInsPerMinute: 5 } })
  const guess = () =>
    fetch(`${small.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { ...json, 'x-weft-client-address': randomId(), 'x-forwarded-for': '198.51.100.1' },
      body: JSON.stringify({ email: 'ann@weft.example', password: 'a guess at the password' }),
    })
  const statuses: number[] = []
  for (let i = 0; i < 8; i++) statuses.push((await guess()).status)
  expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(5)
  expect(statuses.slice(5)).toEqual([429, 429, 429])
})

test('pages load nothing from elsewhere, run no inline script and name no software', async () => {
  const { headers } = await fetch(`${server.url}/api/docs`)
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).toMatch(/script-src 'self'(;|$)/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain(`ws://127.0.0.1:${server.app.port}`)
  expect([headers.get('referrer-policy'), headers.get('x-powered-by')]).toEqual(['no-referrer', null])
  const document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
  expect(document).toMatchObject({ openapi: '3.1.1', paths: { '/workspaces/{workspaceId}/documents': {} } })
})
