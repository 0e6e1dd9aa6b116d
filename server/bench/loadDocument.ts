import { awarenessStates } from './frames.ts'
import type { Writer } from './measurement.ts'
import { type ClockRange, clockRanges } from './updates.ts'

/** How many of the last payloads are remembered: readers of one document get the same ones at about the same time. */
const remembered = 16

/** A caret's place in an awareness frame: whose, and the number of the move that brought it there. */
export interface CaretPlace {
  client: number
  move: number
}

/** What the clients of one document share: its writers, and what the frames said that others have read already. */
export class LoadDocument {
  readonly channel: string
  readonly writers = new Map<number, Writer>()
  /** The structs in an update; decoded once, however many readers get it. */
  readonly ranges: (update: Uint8Array) => ClockRange[] = remembering(clockRanges)
  /** The carets in an awareness frame. */
  readonly carets: (payload: Uint8Array) => CaretPlace[] = remembering(caretPlaces)

  constructor(channel: string) {
    this.channel = channel
  }
}

/** A caret's place is the clock that its anchor names: the load clients count their moves there. */
function caretPlaces(payload: Uint8Array): CaretPlace[] {
  return awarenessStates(payload).flatMap(({ client, json }) => {
    const move = /"clock":(\d+)/.exec(json)?.[1]
    return move === undefined ? [] : [{ client, move: Number(move) }]
  })
}

function remembering<T>(read: (payload: Uint8Array) => T): (payload: Uint8Array) => T {
  const known: { payload: Uint8Array; value: T }[] = []
  let next = 0
  return (payload) => {
    for (let back = 1; back <= known.length; back++) {
      const one = known[(next - back + remembered) % remembered]
      if (one?.payload.length === payload.length && Buffer.compare(one.payload, payload) === 0) return one.value
    }
    const value = read(payload)
    known[next] = { payload, value }
    next = (next + 1) % remembered
    return value
  }
}
