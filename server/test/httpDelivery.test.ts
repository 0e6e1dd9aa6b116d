import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { brotliCompressSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../src/kit/logger.ts'
import { emailOf, password, startTestServer, type TestServer } from './harness.ts'

const json = { 'content-type': 'application/json' }

describe('who the client is', () => {
  const forwarded = (server: TestServer, name: string, addresses: string, path = 'sign-in/email') =>
    fetch(`${server.url}/api/auth/${path}`, {
      method: 'POST',
      headers: { ...json, 'x-forwarded-for': addresses },
      body: JSON.stringify({ name, email: emailOf(name), password }),
    })
  const addresses = async (server: TestServer): Promise<string[]> => {
    const { rows } = await sql<{ ipAddress: string }>`select "ipAddress" from session order by "createdAt"`.execute(
      server.app.storage.read,
    )
    return rows.map((row) => row.ipAddress)
  }

  test('without TRUST_PROXY it is whoever connects, whatever a header says', async () => {
    await using server = await startTestServer()
    expect((await forwarded(server, 'Ann', '198.51.100.7', 'sign-up/email')).status).toBe(200)
    expect(await addresses(server)).toEqual(['127.0.0.1'])
  })

  test('behind trusted proxies it is the nearest address that none of them has', async () => {
    await using server = await startTestServer({ config: { trustProxy: ['loopback', '10.0.0.0/8'] } })
    await forwarded(server, 'Ann', '198.51.100.7', 'sign-up/email')
    await forwarded(server, 'Ann', '203.0.113.9, 198.51.100.8, 10.1.2.3')
    expect(await addresses(server)).toEqual(['198.51.100.7', '198.51.100.8'])
  })

  test('a proxy that is not trusted says nothing', async () => {
    await using server = await startTestServer({ config: { trustProxy: ['10.0.0.0/8'] } })
    await forwarded(server, 'Ann', '198.51.100.7', 'sign-up/email')
    expect(await addresses(server)).toEqual(['127.0.0.1'])
  })

  test('guesses are bounded for each address; addresses that the client makes up do not help', async () => {
    await using server = await startTestServer({
      config: { trustProxy: ['loopback'] },
      limits: { signInsPerMinute: 3 },
    })
    const guesses = async (address: (n: number) => string) => {
      const codes: number[] = []
      for (let n = 0; n < 5; n++) codes.push((await forwarded(server, 'Nobody', address(n))).status)
      return codes
    }
    expect(await guesses((n) => `203.0.113.${n}, 198.51.100.1`)).toEqual([401, 401, 401, 429, 429])
    expect(await guesses((n) => `198.51.100.${10 + n}`)).toEqual([401, 401, 401, 401, 401])
  })
})

describe('cookies', () => {
  const cookies = async (server: TestServer, origin: string) => {
    const response = await fetch(`${server.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { ...json, origin },
      body: JSON.stringify({ name: 'Ann', email: emailOf('Ann'), password }),
    })
    expect(response.status).toBe(200)
    return { lines: response.headers.getSetCookie(), headers: response.headers }
  }

  test('are secure when people come over HTTPS, and browsers are told to stay there', async () => {
    await using server = await startTestServer({ config: { publicUrl: 'https://weft.example.org' } })
    const { lines, headers } = await cookies(server, 'https://weft.example.org')
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).toMatch(/^__Secure-weft\..*; HttpOnly; Secure; SameSite=Lax$/i)
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/)
    const ownAddress = await fetch(`${server.url}/api/v1/workspaces`, {
      method: 'POST',
      headers: { origin: server.url },
    })
    expect(ownAddress.status).toBe(403)
  })

  test('are not marked so on plain HTTP, where a browser would drop them', async () => {
    await using server = await startTestServer()
    const { lines, headers } = await cookies(server, server.url)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).toMatch(/^weft\.(?!.*Secure).*; HttpOnly; SameSite=Lax$/i)
    expect(headers.get('strict-transport-security')).toBeNull()
  })
})

describe('the application', () => {
  let clientDirectory = ''
  let server: TestServer
  beforeAll(async () => {
    const above = await mkdtemp(join(tmpdir(), 'weft-client-'))
    clientDirectory = join(above, 'dist')
    await mkdir(join(clientDirectory, 'assets'), { recursive: true })
    await writeFile(join(above, 'secret'), 'a secret')
    await writeFile(join(clientDirectory, 'index.html'), '<title>Weft</title>')
    await writeFile(join(clientDirectory, 'service-worker.js'), '// worker')
    await writeFile(join(clientDirectory, 'assets', 'main-1a2b3c.js'), '// hashed')
    await writeFile(join(clientDirectory, 'assets', 'large-1a2b3c.js'), '// hashed\n'.repeat(1_000))
    server = await startTestServer({ clientDirectory })
  })
  afterAll(async () => {
    await server.close()
    await rm(join(clientDirectory, '..'), { recursive: true, force: true })
  })
  const get = async (path: string) => {
    const response = await fetch(`${server.url}${path}`)
    return { status: response.status, cache: response.headers.get('cache-control'), body: await response.text() }
  }

  test('keeps hashed files for ever and asks for the rest anew', async () => {
    expect(await get('/assets/main-1a2b3c.js')).toEqual({
      status: 200,
      cache: 'public, max-age=31536000, immutable',
      body: '// hashed',
    })
    expect(await get('/service-worker.js')).toEqual({ status: 200, cache: 'no-cache', body: '// worker' })
  })

  test('is sent compressed, and in full to whoever does not ask for that', async () => {
    const asked = (encoding: string) =>
      fetch(`${server.url}/assets/large-1a2b3c.js`, { headers: { 'accept-encoding': encoding } })
    for (const encoding of ['br', 'gzip']) {
      const response = await asked(encoding)
      expect([response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual([
        encoding,
        expect.stringContaining('Accept-Encoding'),
      ])
      expect(await response.text()).toBe('// hashed\n'.repeat(1_000))
    }
    const plain = await asked('identity')
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(plain.headers.get('content-length')).toBe('10000')
  })

  test('is sent as the build has compressed it, to whoever takes that', async () => {
    const file = join(clientDirectory, 'assets', 'before-1a2b3c.js')
    await writeFile(file, '// plain')
    await writeFile(`${file}.br`, brotliCompressSync('// compressed before'))
    const asked = async (encoding: string) => {
      const headers = { 'accept-encoding': encoding }
      const response = await fetch(`${server.url}/assets/before-1a2b3c.js?once`, { headers })
      return { headers: response.headers, body: await response.text() }
    }
    const before = await asked('gzip, br')
    expect(before.body).toBe('// compressed before')
    expect([...before.headers]).toEqual(
      expect.arrayContaining([
        ['content-encoding', 'br'],
        ['content-type', 'text/javascript; charset=utf-8'],
        ['cache-control', 'public, max-age=31536000, immutable'],
        ['vary', expect.stringMatching(/accept-encoding/i)],
      ]),
    )
    expect((await asked('gzip')).body).toBe('// plain')
    expect((await asked('br;q=0')).body).toBe('// plain')
  })

  test.for(['/', '/index.html', '/d/abcdefgh/deep', '/invite', '/sync-tips'])(
    'answers %s with its page',
    async (path) => {
      expect(await get(path)).toEqual({ status: 200, cache: 'no-cache', body: '<title>Weft</title>' })
    },
  )

  test('an asset that is gone is not answered with a page', async () => {
    expect(await get('/assets/main-older.js')).toMatchObject({
      status: 404,
      body: expect.stringContaining('not-found'),
    })
  })

  test('gives nothing from outside of its directory', async () => {
    for (const path of [
      '/../secret',
      '/assets/../../secret',
      '/%2e%2e/secret',
      '/..%2fsecret',
      '/assets/..%5c..%5csecret',
    ]) {
      const socket = connect(server.app.port, '127.0.0.1')
      await once(socket, 'connect')
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      expect(await text(socket)).not.toContain('a secret')
    }
  })

  test('may run its own scripts and open its own sockets, and nobody may frame it', async () => {
    const { headers } = await fetch(server.url)
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split(';').map((part) => {
        const [name = '', ...sources] = part.trim().split(' ')
        return [name, sources]
      }),
    )
    expect(policy).toMatchObject({
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    })
    const { port } = server.app
    // Browsers refuse the name of an IPv6 address here, with a warning on each page.
    expect(policy['connect-src']).toEqual(["'self'", `ws://127.0.0.1:${port}`, `ws://localhost:${port}`])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('says so when it is not built', async () => {
    await using empty = await startTestServer({ clientDirectory: join(clientDirectory, 'none') })
    const response = await fetch(empty.url)
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('not built')])
  })
})

test('a request whose headers do not end is answered with 408, and the connection closed', async () => {
  await using server = await startTestServer()
  const socket = connect(server.app.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ')
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
  expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ id: 'invalid-input' })
})

test('requests are logged without the secrets in their addresses, cookies and bodies', async () => {
  const lines: string[] = []
  const log = createLogger('trace', { write: (line) => void lines.push(line) })
  await using server = await startTestServer({ log })
  const ann = await server.signUp('Ann')
  await ann.fetch('/api/v1/me?token=a-token-in-an-address&x=1')
  const { token } = await ann.api.workspaces.invite({
    workspaceId: (await ann.api.workspaces.create({ name: 'L' })).id,
  })
  await ann.api.workspaces.previewInvite({ token })
  const logged = lines.join('')
  expect(logged).toContain('/api/v1/me?token=[redacted]&x=1')
  for (const secret of [password, 'a-token-in-an-address', token, ann.cookie.split('=')[1] ?? '']) {
    expect(logged).not.toContain(secret)
  }
})
