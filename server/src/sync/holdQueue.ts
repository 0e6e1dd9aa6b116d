import type { UserId } from '@weft/shared/kit'
import type { ChannelMember } from './channelMember.ts'

/** A frame that waits for a commit; `afterwards` runs when it has left. */
export interface HeldFrame {
  seq: number
  session: ChannelMember
  body: Uint8Array
  afterwards: 'follow' | 'close' | null
}

/** An update that others get after its commit. */
export interface HeldUpdate {
  seq: number
  update: Uint8Array
  author: ChannelMember | null
  userId: UserId | null
  /** When it came; milliseconds since 1970. */
  at: number
}

/** [SAVE-2] What a document has to say and may not yet: in order, released in one pass for each commit. */
export class HoldQueue {
  #frames: HeldFrame[] = []
  #updates: HeldUpdate[] = []
  #bytes = 0

  /** Of answers; updates are counted by the journal. */
  get bytes(): number {
    return this.#bytes
  }

  get size(): number {
    return this.#frames.length + this.#updates.length
  }

  hold(frame: HeldFrame): void {
    this.#frames.push(frame)
    this.#bytes += frame.body.length
  }

  holdUpdate(update: HeldUpdate): void {
    this.#updates.push(update)
  }

  /** Takes out what may leave now that `committed` is on disk. */
  release(committed: number): { frames: HeldFrame[]; updates: HeldUpdate[] } {
    const frames = takeUpTo(this.#frames, committed)
    for (const frame of frames) this.#bytes -= frame.body.length
    return { frames, updates: takeUpTo(this.#updates, committed) }
  }

  /** Held frames die with their session [SAVE-3]. */
  forget(session: ChannelMember): void {
    if (this.#frames.length === 0) return
    this.#frames = this.#frames.filter((frame) => frame.session !== session)
    this.#bytes = this.#frames.reduce((bytes, frame) => bytes + frame.body.length, 0)
  }
}

function takeUpTo<T extends { seq: number }>(queue: T[], committed: number): T[] {
  const rest = queue.findIndex((entry) => entry.seq > committed)
  return queue.splice(0, rest === -1 ? queue.length : rest)
}
