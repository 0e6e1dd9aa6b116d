import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, type Server, type TLSSocket } from 'node:tls'

/** Protocol Buffers, as far as Chromium's push service needs them. */
const varint = (value: number): Buffer => {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return Buffer.from(bytes)
}
const number = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)])
const fixed64 = (field: number, value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return Buffer.concat([varint(field * 8 + 1), bytes])
}
const bytes = (field: number, value: string | Buffer): Buffer => {
  const content = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content])
}

/** Names of what goes over the connection on which messages come to a browser (google_apis/gcm/protocol/mcs.proto). */
const connection = { version: 41, loginResponse: 3, dataMessage: 8 } as const

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function ownCertificate(directory: string): Promise<{ key: Buffer; cert: Buffer }> {
  const [key, cert] = [join(directory, 'own.key'), join(directory, 'own.crt')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, '-subj', '/CN=127.0.0.1', '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  return { key: await readFile(key), cert: await readFile(cert) }
}

interface Registration {
  /** The product, the page's subscription in it, and the key of the server that may push to it. */
  app: string
  subtype: string
  sender: string
}

/**
 * What Chromium asks at its maker's push service, on this machine: it checks in, registers a subscription, and keeps a
 * connection on which messages come. Whatever is posted to `endpoint` comes to the browser as it is; only the browser
 * can read it.
 */
export class BrowserPush {
  readonly #directory: string
  readonly #registrations: Registration[] = []
  readonly #waiting: Buffer[] = []
  /** How many messages were posted. */
  taken = 0
  #browser: TLSSocket | null = null
  readonly #http = createServer((request, response) => {
    void this.#answer(request).then(
      (answer) => response.writeHead(answer === null ? 404 : 200).end(answer ?? ''),
      () => response.destroy(),
    )
  })
  readonly #tls: Server

  private constructor(directory: string, own: { key: Buffer; cert: Buffer }) {
    this.#directory = directory
    this.#tls = createTlsServer(own, (socket) => this.#join(socket))
    // A browser tries again by itself.
    this.#tls.on('tlsClientError', () => undefined)
  }

  /** It needs a certificate of its own, made by openssl. */
  static isPossible(): boolean {
    return spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
  }

  static async start(): Promise<BrowserPush> {
    const directory = await mkdtemp(join(tmpdir(), 'weft-push-'))
    const service = new BrowserPush(directory, await ownCertificate(directory))
    for (const server of [service.#tls, service.#http]) {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
    }
    return service
  }

  /** With these Chromium asks here. It has to believe any certificate besides. */
  get switches(): string[] {
    const { port } = this.#tls.address() as AddressInfo
    return [
      `--gcm-checkin-url=${this.#url}/checkin`,
      `--gcm-registration-url=${this.#url}/register`,
      `--gcm-mcs-endpoint=https://127.0.0.1:${port}`,
    ]
  }

  /** Where messages for the newest subscription are taken: browsers name one at their maker's. */
  get endpoint(): string {
    return `${this.#url}/send/${this.#registrations.length - 1}`
  }

  async close(): Promise<void> {
    this.#browser?.destroy()
    this.#tls.close()
    this.#http.closeAllConnections()
    this.#http.close()
    await rm(this.#directory, { recursive: true, force: true })
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  #join(socket: TLSSocket): void {
    socket.on('error', () => socket.destroy())
    // Its first words are who it is.
    socket.once('data', () => {
      const login = Buffer.concat([bytes(1, 'login'), number(8, Date.now())])
      socket.write(Buffer.from([connection.version]))
      socket.write(Buffer.concat([Buffer.from([connection.loginResponse]), varint(login.length), login]))
      this.#browser = socket
      for (const message of this.#waiting.splice(0)) socket.write(message)
    })
    socket.on('close', () => {
      if (this.#browser === socket) this.#browser = null
    })
  }

  async #answer(request: IncomingMessage): Promise<Buffer | string | null> {
    const body = await bodyOf(request)
    const path = request.url ?? ''
    if (path === '/checkin')
      return Buffer.concat([number(1, 1), number(3, Date.now()), fixed64(7, 1), fixed64(8, 1), bytes(11, '1')])
    if (path === '/register') return this.#register(new URLSearchParams(body.toString()))
    const registration = this.#registrations[Number(path.replace('/send/', ''))]
    if (registration === undefined) return null
    this.#send(registration, body)
    return ''
  }

  #register(asked: URLSearchParams): string {
    const said = (name: string): string => asked.get(name) ?? ''
    const subtype = said('X-subtype')
    if (asked.has('delete')) return `token=${subtype}`
    // What the browser registers for itself is none of a page's.
    if (subtype !== '') this.#registrations.push({ app: said('app'), subtype, sender: said('sender') })
    return `token=token-${this.#registrations.length}`
  }

  #send({ app, subtype, sender }: Registration, sealed: Buffer): void {
    const property = (key: string, value: string): Buffer => bytes(7, Buffer.concat([bytes(1, key), bytes(2, value)]))
    const message = Buffer.concat([
      bytes(3, sender),
      bytes(5, app),
      property('subtype', subtype),
      property('content-encoding', 'aes128gcm'),
      bytes(9, `message-${++this.taken}`),
      bytes(21, sealed),
    ])
    const frame = Buffer.concat([Buffer.from([connection.dataMessage]), varint(message.length), message])
    if (this.#browser === null) this.#waiting.push(frame)
    else this.#browser.write(frame)
  }
}
