import type { UserId } from '@weft/shared/kit'
import {
  type CloseReason,
  closeReasons,
  decodeRecords,
  encodeRecords,
  fallbackTiming,
  type LaneRecord,
} from '@weft/shared/sync'
import type { SyncLimits } from '../bounds.ts'
import type { FrameCarrier } from '../frameCarrier.ts'
import { RateLimit } from '../rateLimit.ts'
import { FallbackLane, type LaneHost } from './fallbackLane.ts'

/** The answer that is open now: a session's events go there. */
export interface DownStream {
  /** Bytes that were written and that the network has not taken yet. */
  readonly bufferedBytes: number
  write(text: string): void
  /** Ends the answer behind what was written. */
  end(): void
  /** Ends it at once. */
  destroy(): void
}

export interface SessionSurroundings {
  limits: SyncLimits
  now(): number
  /** A page has come. */
  admit(carrier: FrameCarrier): void
  ended(session: FallbackSession): void
}

/** What became of a batch. */
export type Taken = 'taken' | 'repeated' | 'gap' | 'malformed' | 'too-many'

/** Without a poll, or without any lane, a session is kept this long; milliseconds. */
const pollPatience = 15_000
const emptyPatience = 30_000
/** Several pages share a session: what they may send together, in what one of them may. */
const pages = 4

const size = (record: LaneRecord): number => 8 + ('data' in record ? record.data.length : 0)

/**
 * One browser's session of the fallback: batches up, each number once, and events down, numbered from 0. It repeats
 * nothing: whatever is missing or out of order ends it, its lanes end like WebSockets whose connection broke, and Yjs
 * syncs again over the next one.
 */
export class FallbackSession implements LaneHost {
  readonly id: string
  readonly userId: UserId
  readonly #around: SessionSurroundings
  readonly #lanes = new Map<number, FallbackLane>()
  readonly #posts: RateLimit
  readonly #bytes: RateLimit
  #highestLane = 0
  #lastNumber = 0
  #down: DownStream | null = null
  #polls = false
  #pending: LaneRecord[] = []
  #pendingBytes = 0
  /** The number of the next event. */
  #event = 0
  #flushing = false
  #ended = false
  #quietSince: number
  #emptySince: number

  constructor(id: string, userId: UserId, around: SessionSurroundings) {
    const { limits } = around
    const now = around.now()
    this.id = id
    this.userId = userId
    this.#around = around
    this.#quietSince = now
    this.#emptySince = now
    this.#posts = new RateLimit(limits.framesPerSecond, limits.framesPerSecond * 10, now)
    const perSecond = limits.bytesPerSecond * pages
    this.#bytes = new RateLimit(perSecond, Math.max(perSecond * 10, limits.frameBytes * 2), now)
  }

  get isOpen(): boolean {
    return !this.#ended
  }

  get bufferedBytes(): number {
    return this.#pendingBytes + (this.#down?.bufferedBytes ?? 0)
  }

  get frameBound(): number {
    return this.#around.limits.frameBytes * 2
  }

  /** The answer that opens the session, and that its events follow on. */
  follow(down: DownStream): void {
    this.#down = down
    this.#write()
  }

  /**
   * One question of a client behind something that holds streams back; `after` is the last event that it has, null at
   * the opening. False: the session is over, since an event was lost on the way.
   */
  poll(down: DownStream, after: number | null): boolean {
    if ((after ?? -1) !== this.#event - 1) {
      this.end()
      return false
    }
    // The same question again, from whatever repeats requests: only the last one is waited at.
    this.#down?.end()
    this.#down = down
    this.#polls = true
    this.#quietSince = this.#around.now()
    if (after === null || this.#pending.length > 0) this.#write()
    return true
  }

  /** An answer was broken off by the other side. */
  brokenOff(down: DownStream): void {
    if (down === this.#down) this.end()
  }

  /** Takes a batch if it is the next one. Each record is handled before this returns. */
  take(number: number, bytes: Uint8Array): Taken {
    const now = this.#around.now()
    if (!this.#posts.take(1, now) || !this.#bytes.take(bytes.length, now)) {
      this.#closeAll('too-many-frames')
      return 'too-many'
    }
    if (number <= this.#lastNumber) return 'repeated'
    const records = number === this.#lastNumber + 1 ? decodeRecords(bytes) : null
    if (records === null) {
      const gap = number > this.#lastNumber + 1
      if (gap) this.end()
      else this.#closeAll('malformed-frame')
      return gap ? 'gap' : 'malformed'
    }
    this.#lastNumber = number
    for (const record of records) {
      // One of them may have ended the session.
      if (this.#ended) break
      if (!this.#received(record)) return 'malformed'
    }
    return 'taken'
  }

  say(record: LaneRecord): void {
    if (this.#ended) return
    this.#pending.push(record)
    this.#pendingBytes += size(record)
    if (this.#flushing) return
    // What one turn of the event loop has to say leaves as one event.
    this.#flushing = true
    setImmediate(() => {
      this.#flushing = false
      this.flush()
    })
  }

  ended(lane: FallbackLane): void {
    this.#lanes.delete(lane.number)
    if (this.#lanes.size === 0) this.#emptySince = this.#around.now()
  }

  cut(): void {
    if (this.bufferedBytes <= this.#around.limits.bufferedBytes) return
    this.#down?.destroy()
    this.end()
  }

  /** Called about once a second. */
  tick(now: number): void {
    if (this.#lanes.size === 0 && now - this.#emptySince > emptyPatience) this.end()
    else if (this.#polls && this.#down === null && now - this.#quietSince > pollPatience) this.end()
    else if (this.#polls && this.#down !== null && now - this.#quietSince > fallbackTiming.poll) this.#answerPoll()
    else if (!this.#polls && now - this.#quietSince >= fallbackTiming.heartbeat) {
      this.#quietSince = now
      this.#down?.write(':\n\n')
    }
  }

  flush(): void {
    if (this.#pending.length > 0 && this.#down !== null) this.#write()
  }

  end(): void {
    if (this.#ended) return
    this.flush()
    this.#ended = true
    this.#pending = []
    this.#pendingBytes = 0
    for (const lane of [...this.#lanes.values()]) lane.gone()
    this.#down?.end()
    this.#down = null
    this.#around.ended(this)
  }

  #closeAll(reason: CloseReason): void {
    for (const lane of [...this.#lanes.values()]) {
      lane.close(closeReasons[reason].code, reason)
      lane.gone()
    }
    this.end()
  }

  /** False: what no honest client sends; everything is closed. */
  #received(record: LaneRecord): boolean {
    if (record.type !== 'open') {
      // Of a lane that was closed from here, something may still be on its way.
      if (record.lane <= this.#highestLane) this.#lanes.get(record.lane)?.received(record)
      else this.#closeAll('malformed-frame')
      return record.lane <= this.#highestLane
    }
    if (record.lane <= this.#highestLane) {
      this.#closeAll('malformed-frame')
      return false
    }
    this.#highestLane = record.lane
    const lane = new FallbackLane(record.lane, this)
    if (this.#lanes.size >= this.#around.limits.socketsPerUser) {
      lane.close(closeReasons['too-many-sockets'].code, 'too-many-sockets')
      return true
    }
    this.#lanes.set(record.lane, lane)
    this.#around.admit(lane)
    return true
  }

  #write(): void {
    const records = this.#pending
    this.#pending = []
    this.#pendingBytes = 0
    this.#quietSince = this.#around.now()
    this.#down?.write(`id: ${this.#event++}\ndata: ${Buffer.from(encodeRecords(records)).toString('base64')}\n\n`)
    if (this.#polls) this.#answerPoll()
  }

  #answerPoll(): void {
    const down = this.#down
    this.#down = null
    this.#quietSince = this.#around.now()
    down?.end()
  }
}
