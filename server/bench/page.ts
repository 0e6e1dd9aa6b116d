import { LoadClient } from './loadClient.ts'
import type { LoadDocument } from './loadDocument.ts'
import type { Measurement } from './measurement.ts'
import { PageSocket } from './pageSocket.ts'
import { PresenceClient } from './presenceClient.ts'
import type { Target } from './target.ts'

/** One person's open page: a socket with a document and, if asked for, its workspace's presence. */
export class Page {
  readonly socket: PageSocket
  readonly client: LoadClient
  readonly clientId: number
  readonly #presence: PresenceClient | null

  constructor(
    target: Target,
    document: LoadDocument,
    presence: string | null,
    clientId: number,
    writes: boolean,
    measurement: Measurement,
  ) {
    this.clientId = clientId
    this.socket = new PageSocket(target, measurement)
    this.client = new LoadClient(target, this.socket, document, clientId, writes, measurement)
    this.#presence =
      presence === null
        ? null
        : new PresenceClient(target, this.socket, presence, document.channel, clientId, measurement)
  }

  /** Resolves when every channel is synced; rejects when the socket ends before. */
  async join(awareness: boolean): Promise<void> {
    await Promise.all([this.client.join(awareness), this.#presence?.join()])
  }

  /** Says again that the page is there, as y-protocols does. */
  sayWho(): void {
    this.client.sayWho()
    this.#presence?.sayWho()
  }
}
