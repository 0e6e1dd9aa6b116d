import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fetchedFrom } from '@weft/shared/files'
import { afterEach, describe, expect, test } from 'vitest'
import { fetchGuarded } from '../src/files/elsewhere/fetchGuarded.ts'
import { isOpenWeb } from '../src/files/elsewhere/openWeb.ts'
import { exif, jpegWith, secretPlace } from './filePictures.ts'
import { startTestServer, type TestServer } from './harness.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A place elsewhere; counts who asks. */
async function elsewhere(answer: RequestListener): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

async function reader(config: Parameters<typeof startTestServer>[0] = {}) {
  const server: TestServer = await startTestServer(config)
  closing.push(() => server.close())
  const ann = await server.signUp('Ann')
  return { server, ann, look: (address: string) => ann.api.files.linkPreview({ address }) }
}

const page = (head: string): string => `<!doctype html><html><head>${head}</head><body><h1>Hello</h1></body></html>`
const html =
  (text: string): RequestListener =>
  (_request, response) =>
    void response.setHeader('content-type', 'text/html; charset=utf-8').end(text)

describe('what is of the open web', () => {
  test.for([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.254',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('not %s', (address) => expect(isOpenWeb(address)).toBe(false))

  test.for([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '100.128.0.1',
    '172.32.0.1',
    '2606:4700:4700::1111',
    '2a00:1450::1',
  ])('%s', (address) => expect(isOpenWeb(address)).toBe(true))
})

test('a port that is let through is asked, where its host is named', async () => {
  const { host, asked } = await elsewhere(html(page('<title>Inside</title>')))
  const request = { accept: ['text/html'], limit: 1_000, longer: 'cut', hosts: [host] } as const
  expect(await fetchGuarded(`http://${host}/`, request)).toMatchObject({ type: 'text/html; charset=utf-8' })
  expect(asked).toEqual(['/'])
})

describe('a server that must not be reached is not, however it is named', () => {
  test.for([
    ['its address', (port: string) => `http://127.0.0.1:${port}/`],
    ['one number', (port: string) => `http://2130706433:${port}/`],
    ['hexadecimal', (port: string) => `http://0x7f000001:${port}/`],
    ['octal', (port: string) => `http://0177.0.0.1:${port}/`],
    ['less than four parts', (port: string) => `http://127.1:${port}/`],
    ['other digits', (port: string) => `http://１２７.0.0.1:${port}/`],
    ['a name', (port: string) => `http://localhost:${port}/`],
    ['a name with its last dot', (port: string) => `http://localhost.:${port}/`],
    ['an IPv4 address as IPv6', (port: string) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['zero', (port: string) => `http://0.0.0.0:${port}/`],
    ['with a name before it', (port: string) => `http://example.org@127.0.0.1:${port}/`],
  ] as const)('%s', async ([, addressOf]) => {
    const { host, asked } = await elsewhere(html(page('<title>Inside</title>')))
    const port = host.split(':')[1] ?? ''
    const request = { accept: ['text/html'], limit: 1_000, longer: 'cut', hosts: [] } as const
    // The usual ports alone, as it is run; then the port is let through, and the address has to be what is refused.
    expect(await fetchGuarded(addressOf(port), request)).toBeNull()
    expect(await fetchGuarded(addressOf(port), { ...request, ports: [port] })).toBeNull()
    expect(asked).toEqual([])
  })

  test('a redirect from an allowed host leads nowhere else', async () => {
    const inside = await elsewhere(html(page('<title>Inside</title>')))
    const outside = await elsewhere(
      (_request, response) => void response.writeHead(302, { location: `http://${inside.host}/` }).end(),
    )
    const { look } = await reader({ config: { linkPreviewHosts: [outside.host] } })
    expect(await look(`http://${outside.host}/`)).toBeNull()
    expect([outside.asked, inside.asked]).toEqual([['/'], []])
  })

  test.for([
    'ftp://example.org/',
    'file:///etc/passwd',
    'gopher://example.org/',
    'javascript:alert(1)',
    'http://',
    'x',
  ])('%s is no web address', async (address) => {
    const { look } = await reader()
    await expect(look(address)).rejects.toMatchObject({ id: 'invalid-input' })
  })
})

test('a page is shown by what it says of itself, and asked once', async () => {
  const { host, asked } = await elsewhere((request, response) => {
    if (request.url === '/moved') return void response.writeHead(301, { location: '/loom?x=1' }).end()
    expect(request.headers.cookie).toBeUndefined()
    html(
      page(`<svg><title>No</title></svg><title>Looms &amp; more</title>
        <meta property="og:description" content="All   about\n looms.&#x202e;">
        <meta property="og:site_name" content="The Weavers"><meta property="og:image" content="/loom.jpg">`),
    )(request, response)
  })
  const { look, ann } = await reader({ config: { linkPreviewHosts: [host] } })
  const said = {
    title: 'Looms & more',
    description: 'All about looms.',
    site: 'The Weavers',
    picture: `http://${host}/loom.jpg`,
  }
  expect(await look(`http://${host}/moved`)).toEqual(said)
  expect(await look(`http://${host}/moved`)).toEqual(said)
  expect(asked).toEqual(['/moved', '/loom?x=1'])
  expect(await ann.api.files.linkPreview({ address: `http://${host}/loom?x=1` })).toEqual(said)
})

test('a page in another encoding, one without a head, and one that only has a title', async () => {
  const pages: Record<string, Buffer> = {
    '/latin': Buffer.from('<meta charset="iso-8859-1"><title>Grüße</title>', 'latin1'),
    '/bare': Buffer.from('<p>Nothing'),
    '/title': Buffer.from('<title>Only</title>'),
  }
  const { host } = await elsewhere(
    (request, response) => void response.setHeader('content-type', 'text/html').end(pages[request.url ?? '']),
  )
  const { look } = await reader({ config: { linkPreviewHosts: [host] } })
  expect(await look(`http://${host}/latin`)).toMatchObject({ title: 'Grüße' })
  expect(await look(`http://${host}/bare`)).toBeNull()
  expect(await look(`http://${host}/title`)).toEqual({ title: 'Only', description: null, site: host, picture: null })
})

test('[LIMIT-1] what is no page, does not end, redirects for ever, or comes compressed gives nothing', async () => {
  const { host, asked } = await elsewhere((request, response) => {
    switch (request.url) {
      case '/json':
        return void response.setHeader('content-type', 'application/json').end('{}')
      case '/ring':
        return void response.writeHead(302, { location: '/ring' }).end()
      case '/missing':
        return void response.writeHead(404, { 'content-type': 'text/html' }).end(page('<title>No</title>'))
      case '/packed':
        return void response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end('x')
      case '/long':
        response.setHeader('content-type', 'text/html')
        response.write(page('<title>Long</title>'))
        return void setInterval(() => response.write('x'.repeat(64 << 10)), 1).unref()
      default:
        // Never answers.
        return
    }
  })
  const { look } = await reader({ config: { linkPreviewHosts: [host] } })
  for (const path of ['/json', '/ring', '/missing', '/packed', '/silent'])
    expect(await look(`http://${host}${path}`)).toBeNull()
  expect(asked.filter((path) => path === '/ring')).toHaveLength(6)
  expect(await look(`http://${host}/long`)).toMatchObject({ title: 'Long' })
}, 60_000)

test('[LIMIT-1] too many a minute, and none where previews are off', async () => {
  const { host, asked } = await elsewhere(html(page('<title>Loom</title>')))
  const few = await reader({ config: { linkPreviewHosts: [host] }, limits: { linkPreviewsPerMinute: 1 } })
  expect(await few.look(`http://${host}/1`)).not.toBeNull()
  await expect(few.look(`http://${host}/2`)).rejects.toMatchObject({ id: 'too-many' })
  // What is known costs nothing.
  expect(await few.look(`http://${host}/1`)).not.toBeNull()
  const off = await reader({ config: { linkPreviewHosts: [host], linkPreviews: 'off' } })
  expect(await off.look(`http://${host}/3`)).toBeNull()
  expect(asked).toEqual(['/1'])
})

test('a picture from elsewhere comes by this server, by its content, without what it tells beside', async () => {
  const telling = jpegWith([0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)])])
  const { host } = await elsewhere((request, response) => {
    response.setHeader('content-type', 'image/jpeg')
    response.end(request.url === '/loom' ? telling : '<svg onload="alert(1)"/>')
  })
  const { ann, server } = await reader({ config: { linkPreviewHosts: [host] } })
  const got = await ann.fetch(fetchedFrom(`http://${host}/loom`))
  expect([got.status, got.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  expect(got.headers.get('content-security-policy')).toContain('sandbox')
  expect(Buffer.from(await got.arrayBuffer()).toString('latin1')).not.toContain(secretPlace)
  expect((await ann.fetch(fetchedFrom(`http://${host}/svg`))).status).toBe(404)
  expect((await ann.fetch(fetchedFrom('http://127.0.0.1/loom'))).status).toBe(404)
  expect((await fetch(server.url + fetchedFrom(`http://${host}/loom`))).status).toBe(401)
})
