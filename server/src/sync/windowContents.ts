import { windowEntries, windowFields } from '@weft/shared/sync'
import type * as Y from 'yjs'

/** Plain JSON; nothing in it may change after it was handed over. */
export type WindowValue = Record<string, unknown>

export interface WindowEntry {
  key: string
  value: WindowValue
  /** Where there are too many, those of the lowest rank go. */
  rank: number
}

/** What a kind says of the whole window beside `seq`, such as an inbox's unread count. */
export type WindowMeta = Readonly<Record<string, number | string | boolean | null>>

/** What a window is built from. */
export interface BuiltWindow {
  /**
   * The last change that is in `entries`. Read it from the tables that the entries are from, and before them: what is
   * newer and in them all the same is only said twice, what is missing from them would stay missing.
   */
  seq: number
  entries: readonly WindowEntry[]
  meta?: WindowMeta
}

/** One change, as it is after it: repeating it does no harm. */
export interface WindowChange {
  /** Greater than that of the change before it; one that is not was in the window already, and is passed over. */
  seq: number
  set?: readonly WindowEntry[]
  remove?: readonly string[]
  meta?: WindowMeta
}

/**
 * Structs of Yjs, of which each change of an entry leaves one behind, for each entry that may be there: 3,000 take some
 * 130 KB and 3 ms to read (20,000: 858 KB and 20 ms, tried).
 */
const structsPerEntry = 10

/** The `Y.Doc` of a window that is loaded, written by nobody else. */
export class WindowContents {
  /** It must be built anew: nobody joins it any more. */
  outdated = false
  readonly #document: Y.Doc
  readonly #entries: Y.Map<WindowValue>
  readonly #meta: Y.Map<unknown>
  readonly #ranks = new Map<string, number>()
  readonly #most: number
  #seq: number

  /** `most` entries are kept. */
  constructor(document: Y.Doc, built: BuiltWindow, most = windowEntries) {
    this.#document = document
    this.#entries = document.getMap(windowFields.entries)
    this.#meta = document.getMap(windowFields.meta)
    this.#most = most
    this.#seq = built.seq
    document.transact(() => this.#write({ seq: built.seq, set: this.#newest(built.entries), meta: built.meta ?? {} }))
  }

  /** More has gathered in it than a newcomer should have to read. */
  get isOverBound(): boolean {
    let structs = 0
    for (const ofClient of this.#document.store.clients.values()) structs += ofClient.length
    return structs > this.#most * structsPerEntry
  }

  apply(change: WindowChange): void {
    if (change.seq <= this.#seq) return
    this.#seq = change.seq
    this.#document.transact(() => this.#write(change))
  }

  #write({ seq, set = [], remove = [], meta = {} }: WindowChange): void {
    for (const key of remove) this.#drop(key)
    for (const { key, value, rank } of set) {
      this.#ranks.set(key, rank)
      this.#entries.set(key, value)
    }
    while (this.#ranks.size > this.#most) this.#drop(this.#lowest())
    for (const [name, value] of Object.entries(meta)) if (this.#meta.get(name) !== value) this.#meta.set(name, value)
    this.#meta.set('seq', seq)
  }

  #drop(key: string): void {
    if (this.#ranks.delete(key)) this.#entries.delete(key)
  }

  /** What would be dropped again at once is not written: it would stay in the structs. */
  #newest(entries: readonly WindowEntry[]): WindowEntry[] {
    return [...entries].sort((a, b) => a.rank - b.rank).slice(-this.#most)
  }

  #lowest(): string {
    let lowest = ''
    let rank = Number.POSITIVE_INFINITY
    for (const [key, of] of this.#ranks) {
      if (of >= rank) continue
      rank = of
      lowest = key
    }
    return lowest
  }
}
