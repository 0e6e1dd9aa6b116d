import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PushMessage } from '@weft/shared/notifications'

export interface Pushed {
  path: string
  headers: IncomingHttpHeaders
  /** What the browser reads out of it. */
  message: PushMessage
}

/** A browser that subscribed: with keys of its own, at an address of the service. */
export interface Browser {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  path: string
}

export interface PushService {
  url: string
  browser(): Browser
  pushed: Pushed[]
  /** What is answered to the next messages for a path, instead of 201. */
  answers: Map<string, number[]>
  close(): Promise<void>
}

/** A push service on this machine, which holds the browsers' keys as well, and so can read what it is given. */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, { curve: ECDH; auth: Buffer }>()
  const pushed: Pushed[] = []
  const answers = new Map<string, number[]>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      const keys = browsers.get(path)
      if (keys === undefined) {
        response.writeHead(404).end()
        return
      }
      const message = PushMessage.parse(JSON.parse(decrypt(Buffer.concat(chunks), keys)))
      pushed.push({ path, headers: request.headers, message })
      response.writeHead(answers.get(path)?.shift() ?? 201).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    pushed,
    answers,
    browser() {
      const curve = createECDH('prime256v1')
      const auth = randomBytes(16)
      const path = `/push/${randomBytes(12).toString('hex')}`
      browsers.set(path, { curve, auth })
      const keys = { p256dh: curve.generateKeys('base64url'), auth: auth.toString('base64url') }
      return { subscription: { endpoint: url + path, keys }, path }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** RFC 8291 with the one record that RFC 8188 makes of a short message. */
function decrypt(body: Buffer, { curve, auth }: { curve: ECDH; auth: Buffer }): string {
  const salt = body.subarray(0, 16)
  const idLength = body.readUInt8(20)
  const sender = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender])
  const secret = Buffer.from(hkdfSync('sha256', curve.computeSecret(sender), auth, info, 32))
  const derive = (what: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${what}\0`), length))
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const open = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  // A delimiter and nothing but zeros behind the words.
  return open.subarray(0, open.lastIndexOf(2)).toString('utf8')
}
