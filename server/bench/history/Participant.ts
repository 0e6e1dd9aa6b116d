import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { must } from '@weft/shared/kit'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Target } from '../target.ts'

/** One person's stock provider of the document, with a socket of its own, which counts what was acknowledged. */
export class Participant {
  readonly doc: Y.Doc
  readonly #socket: HocuspocusProviderWebsocket
  readonly #provider: HocuspocusProvider
  #closed: string | null = null

  private constructor(target: Target, token: string, doc: Y.Doc, socket: HocuspocusProviderWebsocket) {
    this.doc = doc
    this.#socket = socket
    this.#provider = new HocuspocusProvider({
      name: must(target.channels[0], 'the document of the history'),
      document: doc,
      websocketProvider: socket,
      sessionAwareness: target.sessions,
      token,
      onAuthenticationFailed: ({ reason }) => {
        this.#closed = reason
      },
      onClose: ({ event }) => {
        this.#closed = `${event.code} ${event.reason}`
      },
    })
  }

  /** Resolves when the socket is open; nothing is joined yet. */
  static async connect(target: Target, doc = new Y.Doc()): Promise<Participant> {
    const token = await target.newToken()
    const open = Promise.withResolvers<void>()
    const socket = new HocuspocusProviderWebsocket({
      url: target.socketUrl,
      WebSocketPolyfill: WebSocket,
      onOpen: () => open.resolve(),
    })
    await open.promise
    return new Participant(target, token, doc, socket)
  }

  /** Joins; resolves with the ms until the server's text is in the `Y.Doc`. */
  async join(): Promise<number> {
    const synced = Promise.withResolvers<number>()
    const begun = performance.now()
    this.#provider.on('synced', () => synced.resolve(performance.now() - begun))
    this.#provider.attach()
    const deadline = setTimeout(() => synced.reject(new Error(`never synced: ${this.#closed ?? 'no answer'}`)), 60_000)
    return synced.promise.finally(() => clearTimeout(deadline))
  }

  /** Updates that were sent and not acknowledged. */
  get unacknowledged(): number {
    if (this.#closed !== null) throw new Error(`the channel was closed: ${this.#closed}`)
    return this.#provider.unsyncedChanges
  }

  /** Resolves when not more than `left` updates wait for their acknowledgement. */
  async acknowledged(left = 0): Promise<void> {
    while (this.unacknowledged > left) {
      const next = Promise.withResolvers<unknown>()
      this.#provider.on('unsyncedChanges', next.resolve)
      this.#provider.on('close', next.resolve)
      await next.promise
      this.#provider.off('unsyncedChanges', next.resolve)
      this.#provider.off('close', next.resolve)
    }
  }

  leave(): void {
    this.#provider.destroy()
    this.#socket.destroy()
    this.doc.destroy()
  }
}
