import { encodeAwareness, encodeState } from './awarenessFrames.ts'
import type { ChannelMember } from './channelMember.ts'
import { bodies } from './frames.ts'

interface Here {
  session: ChannelMember
  json: string
  clock: number
}

/**
 * Who is here in one channel. Kept beside Hocuspocus' own awareness, whose every change runs a hook over all states.
 *
 * Clocks are the server's, from its time: a client that rejoins says its old clock again, which everybody who saw it
 * leave would ignore. Nobody is sent their own ids, so a client's own clock is never overtaken.
 */
export class ChannelAwareness {
  readonly #here = new Map<number, Here>()
  readonly #changed = new Map<number, Uint8Array>()
  readonly #now: () => number
  #lastClock = 0

  constructor(now: () => number) {
    this.#now = now
  }

  get size(): number {
    return this.#here.size
  }

  sessionOf(clientId: number): ChannelMember | undefined {
    return this.#here.get(clientId)?.session
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0
  }

  /** Sets a state; one that says what it said before is not passed on, but renewed with all [LIMIT-4]. */
  set(session: ChannelMember, clientId: number, state: object): boolean {
    const json = JSON.stringify(state)
    const before = this.#here.get(clientId)
    if (before !== undefined && before.session === session && before.json === json) return false
    const clock = this.#nextClock()
    this.#here.set(clientId, { session, json, clock })
    this.#changed.set(clientId, encodeState(clientId, clock, json))
    return true
  }

  /** Removes a state that is still this session's: the next session of the same client may have set it anew. */
  remove(session: ChannelMember, clientId: number): void {
    const here = this.#here.get(clientId)
    if (here?.session !== session) return
    this.#here.delete(clientId)
    this.#changed.set(clientId, encodeState(clientId, this.#nextClock(), null))
  }

  /** Everybody but the session itself, for one who joins; null: nobody. Only ids that `mayLeave` lets out. */
  frameFor(session: ChannelMember, mayLeave: (clientId: number) => boolean): Uint8Array | null {
    const states: Uint8Array[] = []
    for (const [clientId, here] of this.#here) {
      if (here.session !== session && mayLeave(clientId)) states.push(encodeState(clientId, here.clock, here.json))
    }
    return states.length === 0 ? null : bodies.awareness(encodeAwareness(states))
  }

  /** Sends what changed; ids that may not leave yet stay for the next flush [IDENT-2]. */
  flush(sessions: Iterable<ChannelMember>, mayLeave: (clientId: number) => boolean): void {
    if (this.#changed.size === 0) return
    const leaving = new Map<number, Uint8Array>()
    for (const [clientId, state] of this.#changed) {
      if (!mayLeave(clientId)) continue
      leaving.set(clientId, state)
      this.#changed.delete(clientId)
    }
    broadcast(leaving, sessions)
  }

  /** All states in one frame, before clients forget them. */
  renew(sessions: Iterable<ChannelMember>, mayLeave: (clientId: number) => boolean): void {
    const leaving = new Map<number, Uint8Array>()
    for (const [clientId, here] of this.#here) {
      if (!mayLeave(clientId)) continue
      here.clock = this.#nextClock()
      leaving.set(clientId, encodeState(clientId, here.clock, here.json))
      this.#changed.delete(clientId)
    }
    broadcast(leaving, sessions)
  }

  #nextClock(): number {
    this.#lastClock = Math.max(this.#lastClock + 1, this.#now())
    return this.#lastClock
  }
}

function broadcast(states: ReadonlyMap<number, Uint8Array>, sessions: Iterable<ChannelMember>): void {
  if (states.size === 0) return
  const all = bodies.awareness(encodeAwareness([...states.values()]))
  for (const session of sessions) {
    const own = [...session.awarenessIds].filter((clientId) => states.has(clientId))
    if (own.length === 0) {
      session.send(all)
    } else if (own.length < states.size) {
      const others = [...states].filter(([clientId]) => !session.awarenessIds.has(clientId))
      session.send(bodies.awareness(encodeAwareness(others.map(([, state]) => state))))
    }
  }
}
