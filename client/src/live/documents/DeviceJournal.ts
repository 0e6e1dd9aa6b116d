import type { DocumentId } from '@weft/shared/kit'
import { mergeUpdates } from 'yjs'
import type { DeviceStore } from '../device/DeviceStore.ts'
import type { Clock } from '../transport/Clock.ts'

/** A device that refused a write is asked again this much later; ms. */
const againAfter = 5_000
/** Acknowledgements come with every keystroke; rows are marked together. ms */
const markAfter = 1_000
/** Loading merges all rows; above this many it pays to fold those that the server has. */
const foldAbove = 200

/**
 * Writes the updates of one `Y.Doc` to the device, and knows which own ones are there and which the server has. An
 * update that the device refuses is kept and tried again with those after it, so that the stored text has no holes.
 */
export class DeviceJournal {
  readonly #store: DeviceStore
  readonly #documentId: DocumentId
  readonly #clock: Clock
  readonly #changed: () => void
  /** Own rows on the device that the server has not acknowledged, with the count of local changes they came with. */
  #unsent: { key: number; count: number }[] = []
  #waiting: { update: Uint8Array; own: boolean; count: number }[] = []
  #writing = 0
  #ownWriting = 0
  #failed = false
  #ended = false
  #rows = 0
  #toMark: number[] = []
  #cancelRetry: (() => void) | null = null
  #cancelMark: (() => void) | null = null
  #settling: ((stored: boolean) => void)[] = []

  constructor(options: { store: DeviceStore; documentId: DocumentId; clock: Clock; changed: () => void }) {
    this.#store = options.store
    this.#documentId = options.documentId
    this.#clock = options.clock
    this.#changed = options.changed
  }

  /** Every own change is on the device. */
  get holdsAll(): boolean {
    return this.#ownWriting === 0 && !this.#waiting.some(({ own }) => own)
  }

  /** Resolves when everything given so far is on the device; false where the device does not take it. */
  settled(): Promise<boolean> {
    if (this.#failed) return Promise.resolve(false)
    if (this.#writing === 0 && this.#waiting.length === 0) return Promise.resolve(true)
    return new Promise((resolve) => this.#settling.push(resolve))
  }

  /** The device does not take what it is given. */
  get failed(): boolean {
    return this.#failed
  }

  get hasUnsentRows(): boolean {
    return this.#unsent.length > 0
  }

  /** Rows found on the device, loaded into the `Y.Doc` when `count` local changes had been made. */
  found(unsentKeys: readonly number[], count: number, rows: number): void {
    this.#rows = rows
    const known = new Set(this.#unsent.map(({ key }) => key))
    for (const key of this.#toMark) known.add(key)
    for (const key of unsentKeys) if (!known.has(key)) this.#unsent.push({ key, count })
  }

  /** Notes that reading the device failed: what is on it is not known, and writing goes on. */
  noteFailure(): void {
    this.#failed = true
  }

  /** `count`: local changes made so far, this one included if it is an own one. */
  add(update: Uint8Array, own: boolean, count: number): void {
    if (this.#ended) return
    this.#waiting.push({ update, own, count })
    if (!this.#failed) void this.#write()
    this.#changed()
  }

  /** The server has all of the first `count` local changes on its disk. */
  acknowledged(count: number): void {
    const done = this.#unsent.filter((row) => row.count <= count)
    if (done.length === 0) return
    this.#unsent = this.#unsent.filter((row) => row.count > count)
    this.#toMark.push(...done.map(({ key }) => key))
    this.#cancelMark ??= this.#clock.after(markAfter, () => void this.flush())
  }

  /** Marks what is acknowledged, and folds when there is much. A failure leaves rows unsent: they are sent once more. */
  async flush(): Promise<void> {
    this.#cancelMark?.()
    this.#cancelMark = null
    const keys = this.#toMark
    this.#toMark = []
    try {
      if (keys.length > 0) await this.#store.markSent(keys)
      if (this.#rows > foldAbove && !this.#ended) {
        this.#rows = 0
        await this.#store.compact(this.#documentId)
      }
    } catch {
      if (!this.#ended) this.#toMark.push(...keys)
    }
  }

  /** Takes no more; what was given before still goes to the device. */
  async end(): Promise<void> {
    this.#ended = true
    this.#cancelRetry?.()
    await this.flush()
  }

  async #write(): Promise<void> {
    const batch = this.#waiting
    if (batch.length === 0) return
    this.#waiting = []
    const own = batch.filter((entry) => entry.own)
    const count = Math.max(...batch.map((entry) => entry.count))
    const [first] = batch
    const update =
      batch.length === 1 && first !== undefined ? first.update : mergeUpdates(batch.map((entry) => entry.update))
    this.#writing++
    this.#ownWriting += own.length
    try {
      const key = await this.#store.append(this.#documentId, update, own.length > 0)
      this.#rows++
      this.#failed = false
      if (own.length > 0) this.#unsent.push({ key, count })
    } catch {
      this.#failed = true
      this.#waiting = [...batch, ...this.#waiting]
    } finally {
      this.#writing--
      this.#ownWriting -= own.length
    }
    if (this.#failed && !this.#ended) {
      this.#cancelRetry?.()
      this.#cancelRetry = this.#clock.after(againAfter, () => void this.#write())
    } else if (this.#waiting.length > 0 && this.#writing === 0) void this.#write()
    if (this.#failed || this.#writing === 0) {
      for (const settled of this.#settling.splice(0)) settled(!this.#failed)
    }
    this.#changed()
  }
}
