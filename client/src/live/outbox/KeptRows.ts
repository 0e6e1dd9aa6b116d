import type { CommandId } from '@weft/shared/kit'
import type { OutboxStore } from '../device/OutboxStore.ts'
import type { OutboxRow } from './OutboxRow.ts'

/**
 * The rows of the outbox, as this page knows them: those of the device, which all pages of a person share, and those that
 * the device did not take.
 */
export class KeptRows {
  readonly #store: OutboxStore
  readonly #tell: () => void
  readonly #changed: () => void
  readonly #settled: (row: OutboxRow) => void
  /** Not on the device, or not any more: gone with the page. */
  readonly #inPage = new Set<CommandId>()
  #rows: readonly OutboxRow[] = []
  #reading: Promise<void> | null = null
  #stale = false
  #ended = false

  /** `tell` tells the other pages; `settled` hears of each row that waits no more, whichever page has brought it so far. */
  constructor(options: {
    store: OutboxStore
    tell: () => void
    changed: () => void
    settled: (row: OutboxRow) => void
  }) {
    this.#store = options.store
    this.#tell = options.tell
    this.#changed = options.changed
    this.#settled = options.settled
  }

  /** In their order. */
  get all(): readonly OutboxRow[] {
    return this.#rows
  }

  /** A command waits that is nowhere but in this page. */
  get onlyInPage(): boolean {
    return this.#rows.some(({ commandId, state }) => state === 'waiting' && this.#inPage.has(commandId))
  }

  find(commandId: CommandId): OutboxRow | undefined {
    return this.#rows.find((row) => row.commandId === commandId)
  }

  end(): void {
    this.#ended = true
  }

  /** Resolves when the row is on the device, or known to be in this page only. `check` may throw. */
  async add(row: Omit<OutboxRow, 'order'>, check: (count: number) => void): Promise<void> {
    let refused: { why: unknown } | null = null
    let there: readonly number[] = []
    const looked = (orders: readonly number[]) => {
      there = orders
      try {
        check(orders.length)
      } catch (why) {
        refused = { why }
        throw why
      }
    }
    try {
      const kept = await this.#store.add(row, looked)
      // Another page's, of which this one has not heard yet: it may have to go before this one.
      const known = new Set(this.#rows.map(({ order }) => order))
      if (there.some((order) => !known.has(order))) await this.read()
      if (this.find(kept.commandId) === undefined) this.#put(kept)
      this.#tell()
    } catch (error) {
      if (refused !== null) throw error
      check(this.#rows.length)
      this.#inPage.add(row.commandId)
      // Behind all that this page knows of, before the next one that the device takes.
      this.#put({ ...row, order: (this.#rows.at(-1)?.order ?? 0) + 0.001 })
    }
  }

  /** On the device, and here; here alone where the device does not take it: the next page sends it once more. */
  async change(commandId: CommandId, change: (row: OutboxRow) => OutboxRow | null): Promise<void> {
    const known = this.find(commandId)
    let next = known === undefined ? null : change(known)
    if (!this.#inPage.has(commandId)) {
      try {
        next = await this.#store.update(commandId, change)
        this.#tell()
      } catch {
        // As above.
      }
      // What is being read now may be older.
      this.#stale = this.#reading !== null
    }
    if (next === null) {
      this.#inPage.delete(commandId)
      this.#set(this.#rows.filter((row) => row.commandId !== commandId))
    } else this.#put(next)
  }

  /** Reads the device's rows: at the start, and when another page has changed them. */
  read(): Promise<void> {
    this.#stale = true
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #readAll(): Promise<void> {
    while (this.#stale && !this.#ended) {
      this.#stale = false
      try {
        const rows = await this.#store.all()
        // A change of this page's came in between: what was read is older than that.
        if (!this.#stale) this.#set([...rows, ...this.#missingIn(rows)])
      } catch {
        // The device does not say: what this page has made is known all the same.
        this.#changed()
      }
    }
  }

  /**
   * What the device has not: rows of this page alone; and what another page has seen in its own list, and forgotten:
   * this page's list has yet to arrive.
   */
  #missingIn(rows: readonly OutboxRow[]): OutboxRow[] {
    const there = new Set(rows.map(({ commandId }) => commandId))
    return this.#rows.flatMap((row) => {
      if (there.has(row.commandId)) return []
      if (this.#inPage.has(row.commandId)) return [row]
      if (row.state === 'refused') return []
      this.#inPage.add(row.commandId)
      return [{ ...row, state: 'done' as const }]
    })
  }

  #put(row: OutboxRow): void {
    this.#set([...this.#rows.filter(({ commandId }) => commandId !== row.commandId), row])
  }

  #set(rows: readonly OutboxRow[]): void {
    if (this.#ended) return
    const before = new Map(this.#rows.map((row) => [row.commandId, row.state]))
    this.#rows = rows.toSorted((a, b) => a.order - b.order)
    for (const row of this.#rows) {
      if (row.state !== 'waiting' && before.get(row.commandId) === 'waiting') this.#settled(row)
    }
    this.#changed()
  }
}
