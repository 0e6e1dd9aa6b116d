import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { readStatus, readType } from './savedRecord.ts'

const running: ProviderClient[] = []

export function stopProviders(): void {
  for (const client of running.splice(0)) client.stop()
}

/** A real provider on one channel, with the record of what was acknowledged that client-facts.md describes [SAVE-6]. */
export class ProviderClient {
  readonly doc: Y.Doc
  readonly provider: HocuspocusProvider
  readonly socket: HocuspocusProviderWebsocket
  /** Reasons with which the server closed the channel or the socket. */
  readonly closes: string[] = []
  /** Refused SyncStep2s and updates. */
  refusals = 0
  /** Local changes so far, and how many of them the server has acknowledged. */
  local = 0
  acked = -1

  constructor(url: string, name: string, token: () => string, doc = new Y.Doc()) {
    this.doc = doc
    this.doc.on('update', (_: Uint8Array, origin: unknown) => {
      if (origin !== this.provider) this.local++
    })
    this.socket = new HocuspocusProviderWebsocket({
      url,
      WebSocketPolyfill: recordingSocket(this),
      delay: 1_000,
      minDelay: 1_000,
      maxDelay: 1_500,
      jitter: true,
    })
    this.provider = new HocuspocusProvider({
      name,
      document: this.doc,
      websocketProvider: this.socket,
      sessionAwareness: true,
      token: async () => token(),
      onClose: ({ event }) => this.closes.push(event.reason),
    })
    this.provider.attach()
    running.push(this)
  }

  async until(what: string, look: () => boolean): Promise<void> {
    const deadline = Date.now() + 30_000
    while (!look()) {
      if (Date.now() > deadline) throw new Error(`${what} did not come; ${this.acked} of ${this.local} acknowledged`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  stop(): void {
    this.provider.destroy()
    this.socket.destroy()
  }
}

function recordingSocket(client: ProviderClient): new (address: string) => WebSocket {
  return class extends WebSocket {
    readonly #sent: number[] = []
    #synced = false

    constructor(address: string) {
      super(address)
      this.on('message', (data: Buffer) => {
        const applied = readStatus(new Uint8Array(data))
        if (applied === null) return
        const upTo = this.#sent.shift() ?? -1
        if (applied) client.acked = Math.max(client.acked, upTo)
        else client.refusals++
      })
    }

    override send(data: Uint8Array): void {
      const kind = readType(data)
      if (kind === 'sync-step-2') {
        this.#synced = true
        this.#sent.push(client.local)
      } else if (kind === 'update') this.#sent.push(this.#synced ? client.local : -1)
      super.send(data)
    }
  }
}
