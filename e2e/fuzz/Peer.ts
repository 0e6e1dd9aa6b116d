import { DocumentId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { Channel } from '../../client/src/live/transport/Channel.ts'
import { pageClock } from '../../client/src/live/transport/Clock.ts'
import { Hub } from '../../client/src/live/transport/fallback/Hub.ts'
import { LaneSocket } from '../../client/src/live/transport/fallback/LaneSocket.ts'
import { Transport } from '../../client/src/live/transport/Transport.ts'
import type { Person } from '../harness/people.ts'
import type { WeftServer } from '../harness/weftServer.ts'

/** The page's own transport with a real provider, and a log of what it changed and what was acknowledged. */
export class Peer {
  readonly doc = new Y.Doc()
  readonly name: string
  readonly #updates: Uint8Array[] = []
  /** Where the server refuses WebSockets (`WEBSOCKETS=refused`): in a browser it lives in a worker. */
  readonly #hub = new Hub({ fetch: (url, init) => fetch(url, init), clock: pageClock })
  readonly #transport: Transport
  readonly #channel: Channel
  #acked = 0
  #ended: string | null = null

  /** `clientId` is Yjs' for what this page writes; a random one unless given. */
  constructor(server: WeftServer, person: Person, documentId: string, name: string, clientId?: number) {
    this.name = name
    if (clientId !== undefined) this.doc.clientID = clientId
    this.#transport = new Transport({
      url: `${server.url.replace('http', 'ws')}/sync`,
      clock: pageClock,
      openLane: (url, token) => {
        const { port1, port2 } = new MessageChannel()
        this.#hub.connect(port2)
        return new LaneSocket(port1, url, token)
      },
      fetchToken: async () => {
        const { token, expiresAt } = await person.call('POST', '/sync/token')
        return { token: token ?? '', expiresAt: Number(expiresAt) }
      },
    })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this.#channel.provider) this.#updates.push(update)
    })
    this.#channel = new Channel({
      transport: this.#transport,
      clock: pageClock,
      name: documentChannel(DocumentId.parse(documentId)),
      doc: this.doc,
      awareness: new Awareness(this.doc),
      local: () => this.#updates.length,
      events: {
        admitted: () => {},
        synced: () => {},
        changed: () => this.#look(),
        word: () => {},
        ended: (reason) => {
          this.#ended = reason
        },
      },
    })
    this.#channel.join()
  }

  /** In step with the server, and everything of one's own acknowledged. */
  get settled(): boolean {
    if (this.#ended !== null) throw new Error(`${this.name} was closed: ${this.#ended}`)
    return this.#channel.synced && this.#channel.record.saved
  }

  get synced(): boolean {
    return this.#channel.synced
  }

  /** The updates that the server has acknowledged. */
  get acknowledged(): readonly Uint8Array[] {
    this.#look()
    return this.#updates.slice(0, this.#acked)
  }

  /** Updates that nobody has acknowledged yet. */
  get unacknowledged(): number {
    this.#look()
    return this.#updates.length - this.#acked
  }

  /** The network is gone without a good-bye; the transport comes back by itself, or by `goOnline`. */
  cut(): void {
    this.#look()
    this.#transport.socket.webSocket?.close(4000)
  }

  goOffline(): void {
    this.#look()
    this.#channel.leave()
  }

  goOnline(): void {
    this.#channel.join()
    this.#transport.retry()
  }

  destroy(): void {
    this.#channel.destroy()
    this.#transport.destroy()
    this.doc.destroy()
  }

  #look(): void {
    this.#acked = Math.max(this.#acked, this.#channel.record.acked)
  }
}
