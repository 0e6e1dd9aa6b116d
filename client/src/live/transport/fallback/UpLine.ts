import { encodeRecords, fallbackHeaders, type LaneRecord, partBytes } from '@weft/shared/sync'
import type { Clock } from '../Clock.ts'

/** Sends a batch; resolves with the status of its answer, rejects when there was none. */
export type SendBatch = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) => Promise<number>

/** A batch that got no answer, or one from something on the way, is sent again after these; milliseconds. */
const retries = [300, 1_000, 3_000]
/** More than this unsent is a line that does not move: Yjs has a shorter way to say the same. Bytes. */
const queueBound = 64 << 20

/**
 * The way up: batches under rising numbers, one in flight. The number makes it safe to send one again, since the server
 * takes each once.
 */
export class UpLine {
  readonly #send: SendBatch
  readonly #clock: Clock
  readonly #failed: (status: number) => void
  /** Records that wait, each with what is to happen when the server has them. */
  #queue: { record: LaneRecord; taken?: (() => void) | undefined }[] = []
  #queuedBytes = 0
  #number = 0
  #open = false
  #busy = false
  #ended = false

  constructor(options: { send: SendBatch; clock: Clock; failed(status: number): void }) {
    this.#send = options.send
    this.#clock = options.clock
    this.#failed = options.failed
  }

  /** The server knows the session: from here on batches leave. */
  open(): void {
    this.#open = true
    this.#pump()
  }

  say(record: LaneRecord, taken?: () => void): void {
    if (this.#ended) return
    const { lane } = record
    if (record.type === 'frame' && record.data.length > partBytes) {
      let at = 0
      for (; record.data.length - at > partBytes; at += partBytes) {
        this.#push({ lane, type: 'part', data: record.data.subarray(at, at + partBytes) })
      }
      this.#push({ lane, type: 'frame', data: record.data.subarray(at) }, taken)
    } else this.#push(record, taken)
    if (this.#queuedBytes > queueBound) this.#fail(0)
    // What is said in one turn leaves as one batch.
    else queueMicrotask(() => this.#pump())
  }

  end(): void {
    this.#ended = true
    this.#queue = []
  }

  #push(record: LaneRecord, taken?: () => void): void {
    this.#queue.push({ record, taken })
    this.#queuedBytes += bytesOf(record)
  }

  #pump(): void {
    if (!this.#open || this.#busy || this.#ended || this.#queue.length === 0) return
    let [count, bytes] = [0, 0]
    for (; count < this.#queue.length && bytes < partBytes; count++) bytes += bytesOf(this.#queue[count]?.record)
    const batch = this.#queue.splice(0, count)
    this.#queuedBytes -= bytes
    this.#busy = true
    void this.#deliver(encodeRecords(batch.map(({ record }) => record)), ++this.#number).then((status) => {
      this.#busy = false
      if (this.#ended) return
      if (status !== 204) this.#fail(status)
      else {
        for (const { taken } of batch) taken?.()
        this.#pump()
      }
    })
  }

  async #deliver(body: Uint8Array<ArrayBuffer>, number: number): Promise<number> {
    for (let tries = 0; ; tries++) {
      const status = await this.#send(body, { [fallbackHeaders.number]: String(number) }).catch(() => 0)
      const wait = retries[tries]
      // What the server itself says is final; 0 and 502 to 504 come from the way there.
      if (this.#ended || wait === undefined || !(status === 0 || (status >= 502 && status <= 504))) return status
      await new Promise<void>((resolve) => this.#clock.after(wait * (0.5 + this.#clock.random()), resolve))
      if (this.#ended) return status
    }
  }

  #fail(status: number): void {
    this.end()
    this.#failed(status)
  }
}

const bytesOf = (record: LaneRecord | undefined): number =>
  record !== undefined && 'data' in record ? 16 + record.data.length : 16
