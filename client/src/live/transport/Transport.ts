import { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WeftError } from '@weft/shared/kit'
import type { CloseReason } from '@weft/shared/sync'
import type { Connection } from '../types.ts'
import { Backoff } from './Backoff.ts'
import type { Clock } from './Clock.ts'
import { endsAllChannels, socketCloseReason } from './closeReaction.ts'
import { awarenessQuery, type Frame, readFrame } from './frames.ts'
import { Tokens } from './Tokens.ts'
import { WatchedSocket } from './WatchedSocket.ts'
import { type LaneSocketLike, type OpenLane, type Way, Ways } from './Ways.ts'

/** A channel's end at the transport: what it lets out and what it hears. */
export interface ChannelPort {
  /** False keeps a frame back. */
  sending(frame: Frame): boolean
  /** Before the provider reads the frame; returns what is to happen after it. */
  received(frame: Frame): (() => void) | undefined
  /** A socket has opened, or is gone: nothing that was on its way will be answered. */
  socketChanged(): void
  /** The server ended it with the socket. */
  closed(reason: CloseReason): void
}

/** A connection that held this long earns a quick first retry; ms. */
const stableAfter = 10_000
/** Silence after which the socket is asked for a sign of life, and how long that may take; ms. */
const silence = 20_000
const answerWithin = 10_000
/** After the tab comes back or the network changes, a dead socket should not hold us up; ms. */
const answerSoon = 4_000

/** A page that is back sooner was never offline to its reader; later, its text is on this device and not on the way; ms. */
const backWithin = 5_000

/** All pages of a server that restarts come back within this, not at once (reliability: reconnect storm); ms. */
const restartSpread = 5_000

/** The provider's socket, without its queue for later: after a reconnect Yjs syncs, whatever was typed in between. */
class ChannelSocket extends HocuspocusProviderWebsocket {
  override send(message: unknown): void {
    if (this.webSocket?.readyState === WebSocket.OPEN) super.send(message)
  }
}

/** The one socket of a page: connects, comes back by itself, and shows each frame to its channel's port. */
export class Transport {
  readonly socket: ChannelSocket
  readonly tokens: Tokens
  readonly #clock: Clock
  readonly #backoff: Backoff
  readonly #ways: Ways
  readonly #ports = new Map<string, ChannelPort>()
  readonly #listeners = new Set<() => void>()
  #connection: Connection = 'connecting'
  #stopped: CloseReason | null = null
  #attempting = false
  #open = false
  #wanted = false
  #lastHeard = 0
  #largest = { key: '', bytes: 0 }
  #cancelRetry: (() => void) | null = null
  #cancelHope: (() => void) | null = null
  #cancelStable: (() => void) | null = null
  #cancelProbe: (() => void) | null = null
  readonly #forget: () => void

  constructor(options: {
    url: string
    fetchToken: ConstructorParameters<typeof Tokens>[0]
    clock: Clock
    /** Whose pages share a stream where WebSockets do not get through. */
    fallbackFor?: string
    /** Another way to open a lane. Without either, WebSockets are all there is. */
    openLane?: (url: string, token: string) => LaneSocketLike
  }) {
    const { clock } = options
    this.#clock = clock
    this.tokens = new Tokens(options.fetchToken, clock)
    const ways = new Ways(this.#laneOpener(options.fallbackFor, options.openLane))
    this.#ways = ways
    this.#backoff = new Backoff({ random: () => clock.random() })
    const watch = {
      sending: (data: Uint8Array) => this.#sending(data),
      received: (data: Uint8Array) => this.#received(data),
    }
    this.socket = new ChannelSocket({
      url: options.url,
      autoConnect: false,
      // Its own retry is a fixed second without jitter: one attempt each, ours decides when.
      maxAttempts: 1,
      messageReconnectTimeout: 120_000,
      WebSocketPolyfill: class extends WatchedSocket {
        constructor(url: string) {
          super(url, ways, watch, clock)
        }
      },
      onOpen: () => this.#opened(),
      // An attempt that ends in an error has closed its socket before; one that made no socket has not.
      onMaxAttemptsFailed: () => {
        if (!this.#attempting) return
        this.#attempting = false
        this.#failed()
      },
      onClose: ({ event }) => this.#closed(event?.code ?? 1006, event?.reason ?? ''),
    })
    this.#forget = this.#followPage()
  }

  get connection(): Connection {
    return this.#connection
  }

  /** By what frames travel, or travelled last. */
  get way(): Way {
    return this.#ways.by
  }

  /** Why this page will not connect again by itself. */
  get stopped(): CloseReason | null {
    return this.#stopped
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Frames of `key` go through `port` from now on; connects if nothing has yet. */
  register(key: string, port: ChannelPort): void {
    this.#ports.set(key, port)
    // A retry that is already planned keeps its time: channels come back together, and pages should not.
    if (this.#cancelRetry === null) this.#connectSoon(0)
  }

  unregister(key: string): void {
    this.#ports.delete(key)
  }

  /** Connects although nothing is joined: there is text to send. */
  want(): void {
    this.#wanted = true
    this.#connectSoon(0)
  }

  /** Connects now, after a stop too: the person asked for it, or is signed in again. */
  retry(): void {
    this.#stopped = null
    this.#backoff.reset()
    this.#connectSoon(0)
  }

  /** Gives the socket up for good, and tells every channel why. */
  stop(reason: CloseReason): void {
    if (this.#stopped !== null) return
    this.#stopped = reason
    this.#cancelRetry?.()
    for (const port of [...this.#ports.values()]) port.closed(reason)
    this.socket.disconnect()
    this.#tell('offline')
  }

  /** A channel could not get its token: the socket is of no use without. */
  tokenFailed(error: unknown): void {
    if (isSignedOut(error)) this.stop('signed-out')
    else this.#drop('no token')
  }

  destroy(): void {
    this.#forget()
    this.#cancelRetry?.()
    this.#cancelHope?.()
    this.#cancelStable?.()
    this.#cancelProbe?.()
    this.#stopped = 'signed-out'
    this.socket.destroy()
    this.#listeners.clear()
  }

  #laneOpener(person: string | undefined, given?: (url: string, token: string) => LaneSocketLike): OpenLane | null {
    if (given !== undefined) return async (url) => given(url, await this.tokens.get())
    if (person === undefined) return null
    return async (url) => {
      const [{ openLane }, token] = await Promise.all([import('./fallback/openLane.ts'), this.tokens.get()])
      return openLane(url, token, person)
    }
  }

  #connectSoon(ms: number): void {
    if (this.#stopped !== null || this.#open || this.#attempting) return
    this.#cancelRetry?.()
    this.#cancelRetry = this.#clock.after(ms, () => {
      this.#cancelRetry = null
      void this.#attempt()
    })
  }

  async #attempt(): Promise<void> {
    if (this.#stopped !== null || this.#open || this.#attempting) return
    if (this.#ports.size === 0 && !this.#wanted) return
    this.#attempting = true
    try {
      await this.tokens.get()
    } catch (error) {
      this.#attempting = false
      if (isSignedOut(error)) this.stop('signed-out')
      else this.#failed()
      return
    }
    // Stopped or destroyed while the token was on its way.
    if (this.#stopped !== null) this.#attempting = false
    else void this.socket.connect()
  }

  #opened(): void {
    this.#attempting = false
    this.#open = true
    this.#wanted = false
    this.#lastHeard = this.#clock.now()
    this.#largest = { key: '', bytes: 0 }
    for (const port of this.#ports.values()) port.socketChanged()
    this.#cancelStable = this.#clock.after(stableAfter, () => this.#backoff.reset())
    this.#watchSilence()
    this.#tell('online')
  }

  #closed(code: number, text: string): void {
    // Keeps the provider from its own fixed retry, which it schedules after this.
    this.socket.shouldConnect = false
    const wasOpen = this.#open
    this.#open = false
    this.#attempting = false
    this.#cancelStable?.()
    this.#cancelProbe?.()
    for (const port of [...this.#ports.values()]) port.socketChanged()
    if (this.#stopped !== null) return
    const reason = socketCloseReason(code, text)
    if (reason !== null && endsAllChannels(reason)) {
      this.stop(reason)
      return
    }
    if (reason === 'too-large') this.#ports.get(this.#largest.key)?.closed(reason)
    if (reason === 'token-expired') this.tokens.renew()
    const connection = wasOpen && navigator.onLine !== false ? 'connecting' : 'offline'
    this.#failed(connection, reason === 'server-restarting' ? this.#clock.random() * restartSpread : undefined)
  }

  #failed(connection: Connection = 'offline', wait = this.#backoff.next()): void {
    this.#tell(connection)
    this.#connectSoon(wait)
  }

  #drop(why: string): void {
    this.socket.webSocket?.close(4408, why)
  }

  #sending(data: Uint8Array): boolean {
    const frame = readFrame(data)
    // A bare pong belongs to no channel.
    if (frame === null) return true
    const port = this.#ports.get(frame.key)
    if (port === undefined || !port.sending(frame)) return false
    if (data.length > this.#largest.bytes) this.#largest = { key: frame.key, bytes: data.length }
    return true
  }

  #received(data: Uint8Array): (() => void) | undefined {
    this.#lastHeard = this.#clock.now()
    const frame = readFrame(data)
    if (frame === null) return undefined
    if (frame.type === 'token-request') this.tokens.renew()
    return this.#ports.get(frame.key)?.received(frame)
  }

  #watchSilence(): void {
    this.#cancelProbe?.()
    const left = this.#lastHeard + silence - this.#clock.now()
    this.#cancelProbe = this.#clock.after(Math.max(left, 0), () => {
      if (this.#clock.now() - this.#lastHeard >= silence) this.#probe(answerWithin)
      else this.#watchSilence()
    })
  }

  /** Asks the server for a sign of life, and lets the socket go if none comes. */
  #probe(within: number): void {
    const key = this.#ports.keys().next().value
    if (!this.#open || key === undefined) return
    const askedAt = this.#clock.now()
    this.#cancelProbe?.()
    this.socket.send(awarenessQuery(key))
    this.#cancelProbe = this.#clock.after(within, () => {
      if (this.#lastHeard < askedAt) this.#drop('silent')
      else this.#watchSilence()
    })
  }

  #followPage(): () => void {
    const wake = () => (this.#open ? this.#probe(answerSoon) : this.#connectSoon(0))
    const shown = () => {
      if (document.visibilityState === 'visible') wake()
    }
    // A server on this very machine takes the next attempt; any other is out of reach, and waiting for it helps nobody.
    const lost = () => (this.#open ? this.#drop('offline') : this.#tell('offline'))
    window.addEventListener('online', wake)
    window.addEventListener('offline', lost)
    document.addEventListener('visibilitychange', shown)
    return () => {
      window.removeEventListener('online', wake)
      window.removeEventListener('offline', lost)
      document.removeEventListener('visibilitychange', shown)
    }
  }

  #tell(connection: Connection): void {
    if (connection === this.#connection && this.#stopped === null) return
    this.#cancelHope?.()
    this.#cancelHope = connection === 'connecting' ? this.#clock.after(backWithin, () => this.#tell('offline')) : null
    this.#connection = connection
    for (const listener of [...this.#listeners]) listener()
  }
}

const isSignedOut = (error: unknown): boolean => error instanceof WeftError && error.reaction === 'sign-in'
