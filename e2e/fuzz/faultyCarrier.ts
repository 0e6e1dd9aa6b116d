import { UserId } from '@weft/shared/kit'
import { fallbackHeaders, fallbackPaths } from '@weft/shared/sync'
import type { Clock } from '../../client/src/live/transport/Clock.ts'
import { defaultLimits } from '../../server/src/config/index.ts'
import { type DownStream, FallbackSession } from '../../server/src/sync/fallback/fallbackSession.ts'
import type { FrameCarrier } from '../../server/src/sync/frameCarrier.ts'
import type { Randomness } from './randomness.ts'

/** Time that passes when it is told to, with everything that happens in it in the order of its hour. */
export class World {
  #now = 0
  #tasks: { at: number; run: () => void }[] = []
  readonly random: Randomness

  constructor(random: Randomness) {
    this.random = random
  }

  get now(): number {
    return this.#now
  }

  get clock(): Clock {
    return {
      now: () => this.#now,
      after: (ms, run) => this.after(ms, run),
      random: () => this.random.next(),
    }
  }

  after(ms: number, run: () => void): () => void {
    const task = { at: this.#now + ms, run }
    const later = this.#tasks.findIndex(({ at }) => at > task.at)
    this.#tasks.splice(later < 0 ? this.#tasks.length : later, 0, task)
    return () => {
      const index = this.#tasks.indexOf(task)
      if (index >= 0) this.#tasks.splice(index, 1)
    }
  }

  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    await settle()
    for (let next = this.#tasks[0]; next !== undefined && next.at <= until; next = this.#tasks[0]) {
      this.#tasks.shift()
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await settle()
    }
    this.#now = until
  }
}

/** Lets promises, and what the server does at the end of its turn, come to rest. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** What goes wrong, each with its probability; `delay` in ms, up to. */
export interface Faults {
  lost: number
  answerLost: number
  repeated: number
  delay: number
  cut: number
}
export const noFaults: Faults = { lost: 0, answerLost: 0, repeated: 0, delay: 20, cut: 0 }

const user = UserId.parse('u'.repeat(21))

/**
 * A server process with real sessions, and the network before it, which loses, repeats, delays and cuts. Batches of one
 * session can overtake each other here, as over separate connections.
 */
export class FaultyCarrier {
  faults: Faults
  readonly #world: World
  readonly #admit: (carrier: FrameCarrier) => void
  #sessions = new Map<string, FallbackSession>()
  #answers = new Set<Answer>()
  #ticking = () => {}
  /** What has happened, so that a test can tell that it did. */
  readonly seen = { repeated: 0, gaps: 0, unknown: 0, cuts: 0 }

  constructor(world: World, faults: Faults, admit: (carrier: FrameCarrier) => void) {
    this.#world = world
    this.faults = faults
    this.#admit = admit
    this.#tick()
  }

  /** SIGKILL: what the process knew is gone, and every connection breaks. */
  kill(): void {
    this.#sessions = new Map()
    for (const answer of [...this.#answers]) answer.break()
    this.#ticking()
    this.#tick()
  }

  cut(): void {
    for (const answer of [...this.#answers]) answer.break()
  }

  fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { random } = this.#world
    const { pathname } = new URL(url)
    const headers = new Headers(init.headers)
    const body = init.body instanceof Uint8Array ? init.body : new Uint8Array()
    const signal = init.signal ?? new AbortController().signal
    const process = this.#sessions
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')))
      if (random.chance(this.faults.lost)) return this.#world.after(this.#delay(), () => reject(new Error('lost')))
      const deliver = (first: boolean) => {
        // A connection that was made to a process ends with it.
        if (process !== this.#sessions) return reject(new Error('broken'))
        const answer =
          pathname === fallbackPaths.up
            ? Promise.resolve(this.#takeBatch(headers, body))
            : this.#follow(pathname === fallbackPaths.poll, headers, signal)
        if (!first) return
        const lost = random.chance(this.faults.answerLost) && pathname === fallbackPaths.up
        this.#world.after(this.#delay(), () => (lost ? reject(new Error('answer lost')) : resolve(answer)))
      }
      this.#world.after(this.#delay(), () => deliver(true))
      if (random.chance(this.faults.repeated)) {
        this.#world.after(this.#delay() + this.#delay() * 3, () => deliver(false))
      }
      return undefined
    })
  }

  #takeBatch(headers: Headers, body: Uint8Array): Response {
    const session = this.#sessions.get(headers.get(fallbackHeaders.session) ?? '')
    if (session === undefined) {
      this.seen.unknown++
      return new Response(null, { status: 404 })
    }
    const taken = session.take(Number(headers.get(fallbackHeaders.number)), body)
    if (taken === 'repeated') this.seen.repeated++
    if (taken === 'gap') this.seen.gaps++
    return new Response(null, { status: taken === 'taken' || taken === 'repeated' ? 204 : 409 })
  }

  #follow(polls: boolean, headers: Headers, signal: AbortSignal): Promise<Response> {
    const id = headers.get(fallbackHeaders.session) ?? ''
    const after = headers.get(fallbackHeaders.after)
    const known = this.#sessions.get(id)
    if ((after === null) === (known !== undefined)) {
      known?.end()
      return Promise.resolve(new Response(null, { status: known === undefined ? 404 : 409 }))
    }
    const session = known ?? this.#newSession(id)
    const answer = new Answer(this.#world, this.faults, signal, () => {
      this.#answers.delete(answer)
      this.seen.cuts++
      session.brokenOff(answer)
    })
    this.#answers.add(answer)
    if (!polls) session.follow(answer)
    else if (!session.poll(answer, after === null ? null : Number(after))) {
      return Promise.resolve(new Response(null, { status: 409 }))
    }
    return answer.response
  }

  #newSession(id: string): FallbackSession {
    const session = new FallbackSession(id, user, {
      limits: defaultLimits,
      now: () => this.#world.now,
      admit: this.#admit,
      ended: (ended) => this.#sessions.delete(ended.id),
    })
    this.#sessions.set(id, session)
    return session
  }

  #tick(): void {
    this.#ticking = this.#world.after(1_000, () => {
      for (const session of [...this.#sessions.values()]) session.tick(this.#world.now)
      this.#tick()
    })
  }

  #delay(): number {
    return this.#world.random.next() ** 4 * this.faults.delay
  }
}

/** An answer on its way down: in order, in pieces of any size, cut at any of them. */
class Answer implements DownStream {
  readonly response: Promise<Response>
  readonly #world: World
  readonly #faults: Faults
  readonly #brokenOff: () => void
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #begin: (response: Response) => void = () => {}
  #arrives = 0
  #over = false

  constructor(world: World, faults: Faults, signal: AbortSignal, brokenOff: () => void) {
    this.#world = world
    this.#faults = faults
    this.#brokenOff = brokenOff
    const { promise, resolve } = Promise.withResolvers<Response>()
    this.response = promise
    this.#begin = resolve
    // The server hears of it later than the client did it.
    signal.addEventListener('abort', () => world.after(world.random.next() * faults.delay, () => this.break()))
  }

  get bufferedBytes(): number {
    return 0
  }

  write(text: string): void {
    if (this.#over) return
    this.#start()
    let rest = Buffer.from(text)
    while (rest.length > 0) {
      if (this.#world.random.chance(this.#faults.cut)) {
        this.#later(() => this.break())
        return
      }
      const piece = rest.subarray(0, 1 + this.#world.random.below(Math.max(1, rest.length * 2)))
      rest = rest.subarray(piece.length)
      this.#later(() => this.#controller?.enqueue(new Uint8Array(piece)))
    }
  }

  end(): void {
    if (this.#over) return
    this.#start()
    this.#later(() => {
      if (!this.#over) this.#controller?.close()
      this.#over = true
    })
  }

  destroy(): void {
    this.break()
  }

  break(): void {
    if (this.#over) return
    this.#over = true
    if (this.#controller === null) this.#begin(new Response(null, { status: 502 }))
    else this.#controller.error(new Error('cut'))
    this.#brokenOff()
  }

  #start(): void {
    if (this.#controller !== null) return
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
    })
    this.#begin(new Response(body, { headers: { 'content-type': 'text/event-stream' } }))
  }

  #later(run: () => void): void {
    this.#arrives = Math.max(this.#arrives, this.#world.now + (this.#world.random.next() ** 4 * this.#faults.delay) / 4)
    this.#world.after(this.#arrives - this.#world.now, () => {
      if (!this.#over) run()
    })
  }
}
