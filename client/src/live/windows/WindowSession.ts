import { HocuspocusProvider } from '@hocuspocus/provider'
import type { CloseReason } from '@weft/shared/sync'
import * as Y from 'yjs'
import { channelCloseReason } from '../transport/closeReaction.ts'
import type { Frame } from '../transport/frames.ts'
import type { ChannelPort, Transport } from '../transport/Transport.ts'

export interface WindowSessionEvents {
  /** The server's state is in `doc`. */
  synced(): void
  /** It is over: the server said why, or the socket is gone (null). Nothing more comes of it. */
  ended(reason: CloseReason | null): void
}

/** One join of a window, with a `Y.Doc` of its own, which goes with it: a rebuilt window is not merged into an old one. */
export class WindowSession implements ChannelPort {
  readonly doc = new Y.Doc()
  readonly #provider: HocuspocusProvider
  readonly #transport: Transport
  readonly #events: WindowSessionEvents
  readonly #key: string
  /** Something of it has left by the socket that there is: with that one it ends. */
  #spoke = false
  #isSynced = false
  #over = false

  constructor(name: string, transport: Transport, events: WindowSessionEvents) {
    this.#transport = transport
    this.#events = events
    this.#provider = new HocuspocusProvider({
      name,
      document: this.doc,
      awareness: null,
      websocketProvider: transport.socket,
      sessionAwareness: true,
      token: () =>
        transport.tokens.get().catch((error: unknown) => {
          transport.tokenFailed(error)
          return ''
        }),
    })
    this.#key = this.#provider.effectiveName
    transport.register(this.#key, this)
    this.#provider.attach()
  }

  sending(): boolean {
    this.#spoke = true
    return !this.#over
  }

  received(frame: Frame): (() => void) | undefined {
    switch (frame.type) {
      case 'sync-step-2':
        return () => this.#synced()
      case 'close':
      case 'refused':
        return () => this.closed(channelCloseReason(frame.reason))
      default:
        return undefined
    }
  }

  socketChanged(): void {
    if (this.#spoke) this.#end(null)
  }

  closed(reason: CloseReason): void {
    this.#end(reason)
  }

  /** Leaves without a word to its owner. */
  destroy(): void {
    if (this.#over) return
    this.#provider.destroy()
    this.#over = true
    this.#transport.unregister(this.#key)
    this.doc.destroy()
  }

  /** Once: what comes later is an update. */
  #synced(): void {
    if (this.#over || this.#isSynced) return
    this.#isSynced = true
    this.#events.synced()
  }

  #end(reason: CloseReason | null): void {
    if (this.#over) return
    // Nobody is there to be told that it leaves.
    this.#over = true
    this.#transport.unregister(this.#key)
    this.#provider.destroy()
    this.doc.destroy()
    this.#events.ended(reason)
  }
}
