import type { NotificationId } from '@weft/shared/kit'
import { type Notification, newestFirst } from '@weft/shared/notifications'

export interface Arranged {
  shown: Notification[]
  /** How many are new, or have something new, since the list was put in order. */
  fresh: number
}

/**
 * The order of an open list: rows keep their places while somebody looks, whatever happens to them, and what is new
 * waits until it is taken in.
 */
export class StillOrder {
  readonly #placed = new Map<NotificationId, number>()
  #newest: number | null = null

  /** `accepts`: whether a row that is not in the list belongs there; one that is stays. */
  arrange(rows: readonly Notification[], accepts: (row: Notification) => boolean): Arranged {
    const known = rows.filter((row) => this.#place(row, accepts))
    // An empty list has no order to keep.
    if (known.length === 0 && rows.some(accepts)) return this.takeIn(rows, accepts)
    const placed = known.map((row) => ({ ...row, at: this.#placed.get(row.id) ?? row.updatedAt }))
    placed.sort((a, b) => newestFirst({ id: a.id, updatedAt: a.at }, { id: b.id, updatedAt: b.at }))
    const byId = new Map(known.map((row) => [row.id, row]))
    const shown = placed.flatMap(({ id }) => byId.get(id) ?? [])
    const newest = this.#newest ?? Number.POSITIVE_INFINITY
    const fresh = rows.filter((row) => row.updatedAt > newest && (accepts(row) || this.#placed.has(row.id)))
    const moves = fresh.length > 0 && fresh.toSorted(newestFirst).some((row, index) => row.id !== shown[index]?.id)
    // Where nothing would move, there is nothing to wait for.
    return fresh.length > 0 && !moves ? this.takeIn(rows, accepts) : { shown, fresh: fresh.length }
  }

  /** Puts the list into order anew. */
  takeIn(rows: readonly Notification[], accepts: (row: Notification) => boolean): Arranged {
    const shown = rows.filter((row) => accepts(row) || this.#placed.has(row.id)).toSorted(newestFirst)
    this.#placed.clear()
    for (const { id, updatedAt } of shown) this.#placed.set(id, updatedAt)
    this.#newest = rows.reduce((newest, { updatedAt }) => Math.max(newest, updatedAt), 0)
    return { shown, fresh: 0 }
  }

  #place(row: Notification, accepts: (row: Notification) => boolean): boolean {
    if (this.#placed.has(row.id)) return true
    // Older ones come as one scrolls, and what was archived comes back to its place.
    if (this.#newest === null || row.updatedAt > this.#newest || !accepts(row)) return false
    this.#placed.set(row.id, row.updatedAt)
    return true
  }
}
