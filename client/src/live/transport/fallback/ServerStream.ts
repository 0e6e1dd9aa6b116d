import {
  closeReasons,
  decodeRecords,
  fallbackHeaders,
  fallbackPaths,
  fallbackTiming,
  type LaneRecord,
} from '@weft/shared/sync'
import type { Clock } from '../Clock.ts'
import { EventReader, eventBytes } from './EventReader.ts'
import { UpLine } from './UpLine.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What a lane tells its page. */
export interface LaneEvents {
  opened(): void
  frame(data: Uint8Array): void
  ping(): void
  closed(code: number, reason: string): void
}

export interface Lane {
  send(data: Uint8Array): void
  pong(): void
  close(): void
}

export interface StreamOptions {
  /** The address of the WebSocket that this stands for. */
  url: string
  token: string
  /** Asks again and again instead of following one answer. */
  polls: boolean
  fetch: Fetch
  clock: Clock
  /** The server has answered: lanes can be opened. */
  established(): void
  /** Over, for all lanes; `heldBack`: there was no answer in time where one is sent at once. */
  ended(how: { code: number; reason: string; heldBack: boolean }): void
}

/** The first event of a stream that nobody holds back is there within this; milliseconds. */
export const helloWithin = 4_000
/** Without a word for this long a stream is dead. */
const silence = fallbackTiming.heartbeat * 2.5
/** A poll that is not answered in this time never will be. */
const pollWithin = fallbackTiming.poll + 10_000
/** A batch, at a quarter of a megabit a second. */
const batchWithin = 30_000

const broken = { code: 1006, reason: '' }
const endings: Record<number, { code: number; reason: string }> = {
  401: { code: closeReasons['token-expired'].code, reason: 'token-expired' },
  429: { code: closeReasons['too-many-frames'].code, reason: 'too-many-frames' },
}

/**
 * The client's end of one session of the fallback transport. It repeats what may be repeated, a batch under its number;
 * anything else that is missing ends it, and with it every lane, as a broken connection ends a WebSocket.
 */
export class ServerStream {
  readonly #options: StreamOptions
  readonly #id = randomSession()
  readonly #abort = new AbortController()
  readonly #lanes = new Map<number, LaneEvents>()
  readonly #up: UpLine
  #lastLane = 0
  #lastEvent = -1
  #ended = false
  #cancelWatch: () => void

  constructor(options: StreamOptions) {
    this.#options = options
    this.#up = new UpLine({
      clock: options.clock,
      send: (body, headers) => this.#post(body, headers),
      failed: (status) => this.#end(endings[status] ?? broken),
    })
    const patience = options.polls ? helloWithin * 2 : helloWithin
    this.#cancelWatch = options.clock.after(patience, () => this.#end(broken, true))
    const run = options.polls ? this.#poll() : this.#follow()
    run.then(
      () => this.#end(broken),
      () => this.#end(broken),
    )
  }

  get established(): boolean {
    return this.#lastEvent >= 0
  }

  get polls(): boolean {
    return this.#options.polls
  }

  openLane(events: LaneEvents): Lane {
    const lane = ++this.#lastLane
    this.#lanes.set(lane, events)
    this.#up.say({ lane, type: 'open' }, () => this.#lanes.get(lane)?.opened())
    return {
      send: (data) => this.#say({ lane, type: 'frame', data }),
      pong: () => this.#say({ lane, type: 'pong' }),
      close: () => {
        this.#say({ lane, type: 'close', code: 1000, reason: '' })
        this.#lanes.delete(lane)
      },
    }
  }

  end(code: number, reason = ''): void {
    this.#end({ code, reason })
  }

  #say(record: LaneRecord): void {
    if (this.#lanes.has(record.lane)) this.#up.say(record)
  }

  async #follow(): Promise<void> {
    const { token } = this.#options
    const answer = await this.#ask(fallbackPaths.stream, { authorization: `Bearer ${token}` })
    if (this.#accepted(answer)) await this.#read(answer)
  }

  async #poll(): Promise<void> {
    const { token, clock } = this.#options
    while (!this.#ended) {
      const headers: Record<string, string> = this.established
        ? { [fallbackHeaders.after]: String(this.#lastEvent) }
        : { authorization: `Bearer ${token}` }
      const cancel = clock.after(pollWithin, () => this.#end(broken))
      try {
        const answer = await this.#ask(fallbackPaths.poll, headers)
        if (!this.#accepted(answer)) return
        await this.#read(answer)
      } finally {
        cancel()
      }
      // An opening that says nothing is none; asking again would go round at once.
      if (!this.established) return
    }
  }

  #accepted(answer: Response): boolean {
    if (answer.ok && (answer.headers.get('content-type') ?? '').startsWith('text/event-stream')) return true
    this.#end(endings[answer.status] ?? broken)
    return false
  }

  async #read(answer: Response): Promise<void> {
    const reader = answer.body?.getReader()
    const events = new EventReader()
    while (reader !== undefined && !this.#ended) {
      const { done, value } = await reader.read()
      if (done) return
      if (this.#ended) break
      this.#watchSilence()
      for (const { id, data } of events.push(value)) this.#take(id, data)
    }
  }

  #take(id: number, data: string): void {
    // What something on the way has repeated.
    if (id <= this.#lastEvent || this.#ended) return
    const records = id === this.#lastEvent + 1 ? decodeRecords(eventBytes(data)) : null
    if (records === null) {
      this.#end(broken)
      return
    }
    this.#lastEvent = id
    if (id === 0) {
      this.#up.open()
      this.#watchSilence()
      this.#options.established()
    }
    for (const record of records) this.#told(record)
  }

  #told(record: LaneRecord): void {
    const lane = this.#lanes.get(record.lane)
    if (lane === undefined) return
    if (record.type === 'frame') lane.frame(record.data)
    else if (record.type === 'ping') lane.ping()
    else if (record.type === 'close') {
      this.#lanes.delete(record.lane)
      lane.closed(record.code, record.reason)
    }
  }

  /** Polls have a limit of their own; before the first event, that one is waited for. */
  #watchSilence(): void {
    if (!this.established) return
    this.#cancelWatch()
    if (!this.polls) this.#cancelWatch = this.#options.clock.after(silence, () => this.#end(broken))
  }

  async #post(body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<number> {
    const late = new AbortController()
    const stop = () => late.abort()
    this.#abort.signal.addEventListener('abort', stop)
    const cancel = this.#options.clock.after(batchWithin, stop)
    try {
      return (await this.#ask(fallbackPaths.up, headers, { body, signal: late.signal })).status
    } finally {
      cancel()
      this.#abort.signal.removeEventListener('abort', stop)
    }
  }

  #ask(path: string, headers: Record<string, string>, init: RequestInit = {}): Promise<Response> {
    return this.#options.fetch(new URL(path, this.#options.url.replace(/^ws/, 'http')).href, {
      method: 'POST',
      headers: { [fallbackHeaders.session]: this.#id, ...headers },
      // A proxy that asks for its own sign-in knows its people by a cookie; the server looks at none here.
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: this.#abort.signal,
      ...init,
    })
  }

  #end(how: { code: number; reason: string }, heldBack = false): void {
    if (this.#ended) return
    this.#ended = true
    this.#cancelWatch()
    this.#up.end()
    this.#abort.abort()
    const lanes = [...this.#lanes.values()]
    this.#lanes.clear()
    for (const lane of lanes) lane.closed(how.code, how.reason)
    this.#options.ended({ ...how, heldBack })
  }
}

/** 128 random bits, as the header takes them. */
function randomSession(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
