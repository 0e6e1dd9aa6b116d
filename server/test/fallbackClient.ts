import { randomBytes } from 'node:crypto'
import { decodeRecords, encodeRecords, fallbackHeaders, fallbackPaths, type LaneRecord } from '@weft/shared/sync'
import { FrameClient } from './frameClient.ts'

/** The base address of a server whose socket is at `url`. */
export const httpOf = (url: string): string => url.replace(/^ws/, 'http').replace(/\/sync$/, '')

/** One session of the fallback transport, without any cleverness: it sends what it is told, and keeps what came. */
export class FallbackClient {
  readonly id: string
  readonly base: string
  readonly events: number[] = []
  readonly lanes = new Map<number, FallbackPage>()
  /** Comments between the events. */
  beats = 0
  ended = false
  status = 0
  lastNumber = 0
  readonly #abort = new AbortController()

  constructor(url: string, id = randomBytes(16).toString('base64url')) {
    this.base = httpOf(url)
    this.id = id
  }

  /** Opens the stream; resolves with the status of its answer. */
  async stream(token: string | null, headers: Record<string, string> = {}): Promise<number> {
    const response = await this.ask(fallbackPaths.stream, { ...bearer(token), ...headers })
    this.status = response.status
    if (response.ok) void this.#read(response).finally(() => this.#end())
    return response.status
  }

  /** One poll, read to its end; resolves with its status. */
  async poll(token: string | null, after: number | null): Promise<number> {
    const response = await this.ask(fallbackPaths.poll, {
      ...bearer(token),
      ...(after === null ? {} : { [fallbackHeaders.after]: String(after) }),
    })
    if (response.ok) await this.#read(response)
    return response.status
  }

  /** Sends a batch under the next number, or the one given. */
  async up(records: readonly LaneRecord[] | Uint8Array<ArrayBuffer>, number?: number): Promise<number> {
    const body = records instanceof Uint8Array ? records : encodeRecords(records)
    if (number === undefined) this.lastNumber++
    const headers = { [fallbackHeaders.number]: String(number ?? this.lastNumber) }
    return (await this.ask(fallbackPaths.up, headers, body)).status
  }

  /** A page of this session; its lane is opened with its first batch. */
  page(lane: number): FallbackPage {
    const page = new FallbackPage(this, lane)
    this.lanes.set(lane, page)
    return page
  }

  ask(path: string, headers: Record<string, string>, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
    return fetch(this.base + path, {
      method: 'POST',
      headers: { [fallbackHeaders.session]: this.id, ...headers },
      signal: this.#abort.signal,
      ...(body === undefined ? {} : { body }),
    })
  }

  cut(): void {
    this.#abort.abort()
  }

  async #read(response: Response): Promise<void> {
    let text = ''
    try {
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString('latin1')
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.#take(text.slice(0, end))
          text = text.slice(end + 2)
        }
      }
    } catch {
      // Cut: what has come is kept.
    }
  }

  #take(event: string): void {
    if (event.startsWith(':')) {
      this.beats++
      for (const page of this.lanes.values()) page.wake()
      return
    }
    const [, id = '', data = ''] = /^id: (\d+)\ndata: (.*)$/.exec(event) ?? []
    this.events.push(Number(id))
    for (const record of decodeRecords(Buffer.from(data, 'base64')) ?? []) this.lanes.get(record.lane)?.told(record)
  }

  #end(): void {
    this.ended = true
    for (const page of this.lanes.values()) page.wake()
  }
}

const bearer = (token: string | null): Record<string, string> =>
  token === null ? {} : { authorization: `Bearer ${token}` }

/** A page over a lane, with the same words as one over a WebSocket. What one turn sends leaves as one batch. */
export class FallbackPage extends FrameClient {
  readonly lane: number
  readonly #client: FallbackClient
  #batch: LaneRecord[]
  #sending: Promise<unknown> = Promise.resolve()
  /** Answers to the server's pings. */
  answersPings = true

  constructor(client: FallbackClient, lane: number) {
    super()
    this.lane = lane
    this.#client = client
    this.#batch = [{ lane, type: 'open' }]
    this.#later()
  }

  raw(bytes: Uint8Array): void {
    this.put({ lane: this.lane, type: 'frame', data: bytes })
  }

  put(record: LaneRecord): void {
    if (this.#batch.length === 0) this.#later()
    this.#batch.push(record)
  }

  told(record: LaneRecord): void {
    if (record.type === 'frame') this.took(record.data)
    else if (record.type === 'close') this.ended({ code: record.code, reason: record.reason })
    else if (record.type === 'ping' && this.answersPings) this.put({ lane: this.lane, type: 'pong' })
  }

  #later(): void {
    queueMicrotask(() => {
      this.#sending = this.#sending.then(() => {
        const batch = this.#batch
        this.#batch = []
        return batch.length === 0 ? undefined : this.#client.up(batch).catch(() => 0)
      })
    })
  }
}
