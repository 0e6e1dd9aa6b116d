import type { DocumentId } from '@weft/shared/kit'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const running: PlainClient[] = []

export function stopPlainClients(): void {
  for (const client of running.splice(0)) client.provider.destroy()
}

/** The real provider of y-websocket, with a document of its own and what it was told. */
export class PlainClient {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** With which codes and reasons the server closed the connection. */
  readonly closes: { code: number; reason: string }[] = []
  /** The close after which it does not come back by itself. */
  last: { code: number; reason: string } | null = null

  constructor(url: string, documentId: DocumentId, token: string, doc = new Y.Doc()) {
    this.doc = doc
    this.provider = new WebsocketProvider(`${url.replace(/\/sync$/, '')}/y`, documentId, doc, {
      params: { token },
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      // Several stand for several browsers.
      disableBc: true,
      maxBackoffTime: 500,
    })
    this.provider.on('connection-close', (event) => {
      if (event !== null) this.closes.push({ code: event.code, reason: event.reason })
    })
    this.provider.on('closed', (event) => {
      this.last = event
    })
    running.push(this)
  }

  get text(): string {
    return this.doc.getText('t').toString()
  }

  type(words: string): void {
    const text = this.doc.getText('t')
    text.insert(text.length, words)
  }

  /** The connection is gone, as when a network goes. */
  breakOff(): void {
    const { ws } = this.provider
    if (ws instanceof WebSocket) ws.terminate()
  }

  async until(what: string, look: () => boolean): Promise<void> {
    const deadline = Date.now() + 30_000
    while (!look()) {
      if (Date.now() > deadline) throw new Error(`${what} did not come; closes: ${JSON.stringify(this.closes)}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  synced(): Promise<void> {
    return this.until('sync', () => this.provider.synced)
  }
}
