import type { Writer } from './measurement.ts'
import { type ClockRange, clockRanges } from './updates.ts'

/** How many of the last payloads are remembered: readers of one document get the same ones at about the same time. */
const remembered = 16

/** What the clients of one document share: its writers, and what the frames said that others have read already. */
export class LoadDocument {
  readonly channel: string
  readonly writers = new Map<number, Writer>()
  readonly #payloads: Uint8Array[] = []
  readonly #ranges: ClockRange[][] = []
  #next = 0

  constructor(channel: string) {
    this.channel = channel
  }

  /** The structs in an update; decoded once, however many readers get it. */
  ranges(update: Uint8Array): ClockRange[] {
    for (let back = 1; back <= this.#payloads.length; back++) {
      const index = (this.#next - back + remembered) % remembered
      const known = this.#payloads[index]
      if (known?.length === update.length && Buffer.compare(known, update) === 0) return this.#ranges[index] ?? []
    }
    const ranges = clockRanges(update)
    this.#payloads[this.#next] = update
    this.#ranges[this.#next] = ranges
    this.#next = (this.#next + 1) % remembered
    return ranges
  }
}
