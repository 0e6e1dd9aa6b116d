import * as encoding from 'lib0/encoding'
import { bodies } from './frames.ts'

/** A state as it leaves; `json` null: gone. */
export interface LeavingState {
  clientId: number
  clock: number
  json: string | null
}

/**
 * The body of a frame with some states. Encoded once; for a reader whose own states are among them it is cut, not
 * encoded anew: after a restart a thousand pages announce themselves in the same seconds, each to all others.
 */
export class StatesFrame {
  readonly #states: Uint8Array
  /** Where each state stands in `#states`, in their order. */
  readonly #places: { clientId: number; from: number; to: number }[] = []
  readonly #ids = new Set<number>()
  #whole: Uint8Array | null = null

  constructor(states: Iterable<LeavingState>) {
    const encoder = encoding.createEncoder()
    let from = 0
    for (const { clientId, clock, json } of states) {
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, json ?? 'null')
      const to = encoding.length(encoder)
      this.#places.push({ clientId, from, to })
      this.#ids.add(clientId)
      from = to
    }
    this.#states = encoding.toUint8Array(encoder)
  }

  /** The body for somebody with these client ids; null: there is nothing in it for them. */
  bodyFor(own: readonly number[]): Uint8Array | null {
    if (own.some((clientId) => this.#ids.has(clientId))) return this.#without(own)
    if (this.#places.length === 0) return null
    this.#whole ??= bodies.awareness([this.#states], this.#places.length)
    return this.#whole
  }

  #without(own: readonly number[]): Uint8Array | null {
    const parts: Uint8Array[] = []
    let from = 0
    let count = this.#places.length
    for (const place of this.#places) {
      if (!own.includes(place.clientId)) continue
      parts.push(this.#states.subarray(from, place.from))
      from = place.to
      count--
    }
    parts.push(this.#states.subarray(from))
    return count === 0 ? null : bodies.awareness(parts, count)
  }
}
