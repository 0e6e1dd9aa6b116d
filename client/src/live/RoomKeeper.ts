import type { Clock } from './transport/Clock.ts'

interface Entry<R> {
  room: R
  holds: number
  cancelEnd: (() => void) | null
}

/** Rooms by id: one for each id and page, counted by who holds them, kept a moment after the last has let go. */
export class RoomKeeper<Id extends string, R extends { destroy(): Promise<void> }> {
  readonly #clock: Clock
  readonly #keptFor: number
  readonly #open: (id: Id) => R
  readonly #entries = new Map<Id, Entry<R>>()

  /** `keptFor` in ms. */
  constructor(clock: Clock, keptFor: number, open: (id: Id) => R) {
    this.#clock = clock
    this.#keptFor = keptFor
    this.#open = open
  }

  /** The room of this id, opened if need be. Rendering may call it: a room that nobody comes to hold ends by itself. */
  get(id: Id): R {
    return this.#entry(id).room
  }

  find(id: Id): R | undefined {
    return this.#entries.get(id)?.room
  }

  all(): R[] {
    return [...this.#entries.values()].map(({ room }) => room)
  }

  /** Holds the room; the returned function lets go, once. */
  hold(id: Id): () => void {
    const entry = this.#entry(id)
    entry.holds++
    entry.cancelEnd?.()
    entry.cancelEnd = null
    let held = true
    return () => {
      if (!held) return
      held = false
      entry.holds--
      if (entry.holds === 0) this.#endLater(id, entry)
    }
  }

  /** Ends the room now if nobody holds it: one that was opened in passing should not stay for a moment. */
  async endUnheld(id: Id): Promise<void> {
    const entry = this.#entries.get(id)
    if (entry === undefined || entry.holds > 0) return
    entry.cancelEnd?.()
    this.#entries.delete(id)
    await entry.room.destroy()
  }

  async end(): Promise<void> {
    const entries = [...this.#entries.values()]
    this.#entries.clear()
    for (const entry of entries) entry.cancelEnd?.()
    await Promise.all(entries.map(({ room }) => room.destroy()))
  }

  #entry(id: Id): Entry<R> {
    const known = this.#entries.get(id)
    if (known !== undefined) return known
    const entry: Entry<R> = { room: this.#open(id), holds: 0, cancelEnd: null }
    this.#entries.set(id, entry)
    this.#endLater(id, entry)
    return entry
  }

  #endLater(id: Id, entry: Entry<R>): void {
    entry.cancelEnd = this.#clock.after(this.#keptFor, () => {
      if (this.#entries.get(id) !== entry) return
      this.#entries.delete(id)
      void entry.room.destroy()
    })
  }
}
