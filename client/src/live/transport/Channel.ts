import { HocuspocusProvider } from '@hocuspocus/provider'
import { type CloseReason, closeReasons, ServerWord, spreadWithin } from '@weft/shared/sync'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { Backoff } from './Backoff.ts'
import type { Clock } from './Clock.ts'
import { channelCloseReason } from './closeReaction.ts'
import type { Frame } from './frames.ts'
import { SaveRecord } from './SaveRecord.ts'
import type { ChannelPort, Transport } from './Transport.ts'

/** What a channel tells its owner. */
export interface ChannelEvents {
  /** The server let us in; called before anything of ours is sent in answer, so that the owner may still leave. */
  admitted(mayWrite: boolean): void
  /** The server's state has arrived. */
  synced(): void
  /** The save record or the socket changed. */
  changed(): void
  word(word: ServerWord): void
  /** Closed, and not coming back by itself: `stop` and `fresh` reasons. */
  ended(reason: CloseReason): void
}

/** A join that held this long earns a quick rejoin; ms. */
const stableAfter = 30_000

/**
 * One channel on the page's socket: a provider for one `Y.Doc`, joined by one session after another. It acts on the
 * close reasons that only ask for another session, and leaves at once for the rest, since a provider that stays
 * attached goes on sending until the server closes the socket.
 */
export class Channel implements ChannelPort {
  readonly provider: HocuspocusProvider
  readonly #transport: Transport
  readonly #clock: Clock
  readonly #local: () => number
  readonly #events: ChannelEvents
  readonly #backoff: Backoff
  #record: SaveRecord
  #key: string | null = null
  #mayWrite = true
  #keptBack = false
  #synced = false
  #cancelRejoin: (() => void) | null = null
  #cancelStable: (() => void) | null = null

  constructor(options: {
    transport: Transport
    clock: Clock
    name: string
    doc: Y.Doc
    awareness: Awareness
    /** Changes of `doc` that did not come from this channel's provider, counted since the `Y.Doc` was made. */
    local: () => number
    events: ChannelEvents
  }) {
    this.#transport = options.transport
    this.#clock = options.clock
    this.#local = options.local
    this.#events = options.events
    this.#backoff = new Backoff({ random: () => options.clock.random(), base: 1_000 })
    this.#record = new SaveRecord(options.local)
    this.provider = new HocuspocusProvider({
      name: options.name,
      document: options.doc,
      awareness: options.awareness,
      websocketProvider: options.transport.socket,
      sessionAwareness: true,
      token: () =>
        options.transport.tokens.get().catch((error: unknown) => {
          options.transport.tokenFailed(error)
          return ''
        }),
      onStateless: ({ payload }) => this.#heard(payload),
    })
  }

  get record(): SaveRecord {
    return this.#record
  }

  get synced(): boolean {
    return this.#synced
  }

  join(): void {
    if (this.#key !== null) return
    this.#key = this.provider.effectiveName
    this.#transport.register(this.#key, this)
    this.provider.attach()
  }

  /** Ends the session; the provider, its `Y.Doc` and awareness can join again. */
  leave(): void {
    this.#cancelRejoin?.()
    this.#cancelStable?.()
    if (this.#key === null) return
    this.provider.detach()
    this.#transport.unregister(this.#key)
    this.#key = null
    this.provider.onClose()
    // A late frame of the old session must not reach the next one.
    this.provider.sessionId = `${this.#clock.now().toString(36)}${this.#clock.random().toString(36).slice(2)}`
    this.#record = new SaveRecord(this.#local)
    this.#keptBack = false
    this.#synced = false
  }

  /** A new session of the same `Y.Doc`, at once: it syncs everything again. */
  rejoin(): void {
    this.leave()
    this.join()
    this.#events.changed()
  }

  /** Leaves, and ends the provider and its awareness. */
  destroy(): void {
    this.#cancelRejoin?.()
    this.#cancelStable?.()
    this.provider.destroy()
    if (this.#key !== null) this.#transport.unregister(this.#key)
    this.#key = null
    this.#synced = false
  }

  /** What this session may do now. Nothing of one's own leaves a session that may not write [SAVE-8]. */
  setMayWrite(mayWrite: boolean): void {
    this.#mayWrite = mayWrite
    if (mayWrite && this.#keptBack) this.rejoin()
  }

  sending(frame: Frame): boolean {
    if (frame.type !== 'sync-step-2' && frame.type !== 'update') return true
    if (!this.#mayWrite) {
      this.#keptBack = true
      return false
    }
    this.#record.sent(frame.type)
    return true
  }

  received(frame: Frame): (() => void) | undefined {
    const key = this.#key
    const stillHere = (then: () => void) => () => {
      if (this.#key === key) then()
    }
    switch (frame.type) {
      // The provider's own event also comes from its counter, which may be early.
      case 'sync-step-2':
        return stillHere(() => {
          this.#synced = true
          this.#events.synced()
        })
      case 'sync-status':
        this.#record.answered(frame.stored)
        return () => this.#events.changed()
      case 'authenticated':
        this.#mayWrite = !frame.readOnly
        this.#cancelStable?.()
        this.#cancelStable = this.#clock.after(stableAfter, () => this.#backoff.reset())
        return stillHere(() => this.#events.admitted(!frame.readOnly))
      case 'close':
        this.#record.end()
        return stillHere(() => this.closed(channelCloseReason(frame.reason)))
      case 'refused':
        this.#record.end()
        return stillHere(() => this.closed(channelCloseReason(frame.reason)))
      default:
        return undefined
    }
  }

  socketChanged(): void {
    this.#record.socketChanged()
    this.#synced = false
    this.#cancelStable?.()
    this.#events.changed()
  }

  closed(reason: CloseReason): void {
    const reaction = closeReasons[reason].client
    this.#transport.unregister(this.#key ?? '')
    this.leave()
    if (reaction === 'stop' || reaction === 'fresh') {
      this.#events.ended(reason)
      return
    }
    if (reaction === 'renew') this.#transport.tokens.renew()
    const wait = reaction === 'spread' ? this.#clock.random() * spreadWithin : this.#backoff.next()
    this.#cancelRejoin = this.#clock.after(wait, () => {
      this.#cancelRejoin = null
      this.join()
      this.#events.changed()
    })
    this.#events.changed()
  }

  #heard(payload: string): void {
    const word = parseWord(payload)
    if (word !== null) this.#events.word(word)
  }
}

function parseWord(payload: string): ServerWord | null {
  try {
    const parsed = ServerWord.safeParse(JSON.parse(payload))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
