import { WebSocket } from 'ws'
import type * as Y from 'yjs'
import { FrameClient } from './frameClient.ts'

export { awarenessOf, awarenessStates, type ServerFrame } from './frameClient.ts'

/** A client over a WebSocket that sends what it is told, however wrong, and remembers every frame that came. */
export class RawClient extends FrameClient {
  readonly opened: Promise<void>
  readonly ws: WebSocket

  constructor(url: string, headers: Record<string, string> = {}) {
    super()
    this.ws = new WebSocket(url, { headers })
    this.ws.binaryType = 'nodebuffer'
    this.opened = new Promise((resolve, reject) => {
      this.ws.on('open', resolve)
      this.ws.on('error', reject)
    })
    this.opened.catch(() => {})
    this.ws.on('message', (data: Buffer) => this.took(new Uint8Array(data)))
    this.ws.on('close', (code, reason) => this.ended({ code, reason: reason.toString() }))
  }

  override raw(bytes: Uint8Array | string): void {
    this.ws.send(bytes)
  }

  override async join(address: string, token: string): Promise<Y.Doc> {
    await this.opened
    return super.join(address, token)
  }

  async end(): Promise<void> {
    if (this.closed !== null) return
    this.ws.terminate()
    await this.socketClose()
  }
}

/** A client of one person that has joined a channel. */
export async function joinChannel(url: string, channel: string, person: { token(): Promise<string> }) {
  const client = new RawClient(url)
  const address = `${channel}\0s`
  const doc = await client.join(address, await person.token())
  return { client, address, doc }
}
