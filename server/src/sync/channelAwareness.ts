import { type LeavingState, StatesFrame } from './awarenessStatesFrame.ts'
import { bounds, patience } from './bounds.ts'
import type { ChannelMember } from './channelMember.ts'

interface Here {
  session: ChannelMember
  json: string
  /** About when it last left, by the server's time. */
  clock: number
}

type MayLeave = (clientId: number) => boolean

/**
 * Who is here in one channel. Kept beside Hocuspocus' own awareness, whose every change runs a hook over all states.
 *
 * Clocks are the server's, from its time: a client that rejoins says its old clock again, which everybody who saw it
 * leave would ignore. Nobody is sent their own ids, so a client's own clock is never overtaken.
 */
export class ChannelAwareness {
  readonly #here = new Map<number, Here>()
  /** Client ids whose state has changed; of those that have gone, the clock that says so. */
  readonly #changed = new Map<number, number | null>()
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
    this.#here.set(clientId, { session, json, clock: this.#nextClock() })
    this.#changed.set(clientId, null)
    return true
  }

  /** Removes a state that is still this session's: the next session of the same client may have set it anew. */
  remove(session: ChannelMember, clientId: number): void {
    const here = this.#here.get(clientId)
    if (here?.session !== session) return
    this.#here.delete(clientId)
    this.#changed.set(clientId, this.#nextClock())
  }

  /** Everybody but the session itself, for one who joins; null: nobody. Only ids that `mayLeave` lets out. */
  frameFor(session: ChannelMember, mayLeave: MayLeave): Uint8Array | null {
    const states: LeavingState[] = []
    for (const [clientId, { session: whose, clock, json }] of this.#here) {
      if (whose !== session && mayLeave(clientId)) states.push({ clientId, clock, json })
    }
    return new StatesFrame(states).bodyFor([])
  }

  /** Sends what changed; ids that may not leave yet stay for the next flush [IDENT-2]. */
  flush(sessions: Iterable<ChannelMember>, mayLeave: MayLeave): void {
    if (this.#changed.size === 0) return
    const leaving: LeavingState[] = []
    for (const [clientId, goneAt] of this.#changed) {
      if (!mayLeave(clientId)) continue
      const here = this.#here.get(clientId)
      if (here !== undefined) leaving.push({ clientId, clock: here.clock, json: here.json })
      else if (goneAt !== null) leaving.push({ clientId, clock: goneAt, json: null })
      this.#changed.delete(clientId)
    }
    broadcast(leaving, sessions)
  }

  /**
   * Says again what clients would otherwise forget; called about once a second. A few people's states leave together,
   * half as old or older; of many only some in each call, or a frame with everybody would go to everybody at once.
   */
  renew(sessions: Iterable<ChannelMember>, mayLeave: MayLeave): void {
    const now = this.#now()
    const { renewedAtOnce } = bounds
    const isLarge = this.#here.size > renewedAtOnce
    const least = patience.renewal * (isLarge ? 3 / 4 : 1 / 2)
    const due: number[] = []
    let oldest = 0
    for (const [clientId, { clock }] of this.#here) {
      if (now - clock < least || !mayLeave(clientId)) continue
      oldest = Math.max(oldest, now - clock)
      due.push(clientId)
    }
    // A quarter of the time is left for all of a large channel, in as many calls as it has seconds.
    const atOnce = Math.max(renewedAtOnce, Math.ceil((this.#here.size * 4000) / patience.renewal))
    if (due.length === 0 || (oldest < patience.renewal && due.length < atOnce)) return
    const leaving = due.slice(0, atOnce).flatMap((clientId) => {
      const here = this.#here.get(clientId)
      if (here === undefined) return []
      // Behind the others, so that the oldest come first.
      this.#here.delete(clientId)
      this.#here.set(clientId, here)
      here.clock = this.#nextClock()
      this.#changed.delete(clientId)
      return [{ clientId, clock: here.clock, json: here.json }]
    })
    broadcast(leaving, sessions)
  }

  #nextClock(): number {
    this.#lastClock = Math.max(this.#lastClock + 1, this.#now())
    return this.#lastClock
  }
}

function broadcast(states: readonly LeavingState[], sessions: Iterable<ChannelMember>): void {
  if (states.length === 0) return
  const frame = new StatesFrame(states)
  for (const session of sessions) {
    const body = frame.bodyFor(session.awarenessIds)
    if (body !== null) session.send(body)
  }
}
