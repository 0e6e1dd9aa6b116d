import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Lane, ServerStream } from '../../client/src/live/transport/fallback/ServerStream.ts'
import type { FrameCarrier } from '../../server/src/sync/frameCarrier.ts'
import { type Faults, FaultyCarrier, noFaults, World } from './faultyCarrier.ts'
import { randomness } from './randomness.ts'

/** `FUZZ_CARRIER=20000` runs more. */
const runs = Number(process.env.FUZZ_CARRIER ?? 2_000)

const nothing = new Uint8Array()
/** A frame that holds the number of an edit, and sometimes much else. */
function frameOf(edit: number, size: number): Uint8Array {
  const frame = new Uint8Array(4 + size)
  new DataView(frame.buffer).setUint32(0, edit)
  return frame
}
const editOf = (frame: Uint8Array): number => new DataView(frame.buffer, frame.byteOffset).getUint32(0)

/** What the process behind the carrier does with edits: it takes them in, commits them later, and then answers each. */
class Store {
  /** What should never have happened: thrown where it does, much of it would end a lane and be forgotten. */
  readonly wrong: string[] = []
  /** Survives kills. */
  readonly disk: number[] = []
  #memory: number[] = []
  #owed: FrameCarrier[] = []
  readonly #world: World
  #cancelCommit: () => void = () => {}

  constructor(world: World) {
    this.#world = world
  }

  /** A page has come; what it brings has to be one run of edits, each once, in order. */
  admit = (carrier: FrameCarrier): void => {
    let last: number | null = null
    carrier.attach({
      received: (frame) => {
        const edit = editOf(frame ?? nothing)
        if (last !== null && edit !== last + 1) this.wrong.push(`${edit} after ${last} on one lane`)
        last = edit
        // Edits that it has change nothing, as in Yjs; one that does not follow could not be applied.
        const known = this.disk.length + this.#memory.length
        if (edit > known) this.wrong.push(`${edit} where ${known} was to come`)
        if (edit === known) this.#memory.push(edit)
        this.#owed.push(carrier)
        if (this.#owed.length === 1)
          this.#cancelCommit = this.#world.after(this.#world.random.next() * 200, this.#commit)
      },
      answered: () => {},
      gone: () => {
        this.#owed = this.#owed.map((owed) => (owed === carrier ? silent : owed))
      },
    })
  }

  kill(): void {
    this.#cancelCommit()
    this.#memory = []
    this.#owed = []
  }

  #commit = (): void => {
    this.disk.push(...this.#memory.splice(0))
    // One answer for each frame, in order, without saying for which [SAVE-3].
    for (const carrier of this.#owed.splice(0)) if (carrier.isOpen) carrier.send(nothing, Uint8Array.of(1))
  }
}

const silent: FrameCarrier = {
  isOpen: false,
  bufferedBytes: 0,
  mayCarry: () => false,
  send: () => {},
  ping: () => {},
  close: () => {},
  cut: () => {},
  attach: () => {},
}

/** A page that edits, sends what is not acknowledged whenever it gets a lane, and counts answers as its save record does. */
class Page {
  made = 0
  acknowledged = 0
  #awaiting: number[] = []
  #lane: Lane | null = null
  #stream: ServerStream | null = null
  readonly #world: World
  readonly #carrier: FaultyCarrier
  readonly #store: Store

  constructor(world: World, carrier: FaultyCarrier, store: Store) {
    this.#world = world
    this.#carrier = carrier
    this.#store = store
    this.#connect()
  }

  edit(size: number): void {
    this.made++
    if (this.#lane !== null) this.#send(this.made - 1, size)
  }

  /** Leaves, and comes back over another lane of the same stream. */
  again(): void {
    if (this.#lane === null || this.#stream === null) return
    this.#lane.close()
    this.#lane = null
    this.#open(this.#stream)
  }

  #connect = (): void => {
    const stream: ServerStream = new ServerStream({
      url: 'ws://weft.example/sync',
      token: 'a token',
      polls: this.#world.random.chance(0.3),
      fetch: this.#carrier.fetch,
      clock: this.#world.clock,
      established: () => this.#open(stream),
      ended: () => {
        this.#lane = null
        this.#world.after(this.#world.random.next() * 2_000, this.#connect)
      },
    })
    this.#stream = stream
  }

  #open(stream: ServerStream): void {
    const lane = stream.openLane({
      opened: () => {
        this.#lane = lane
        this.#awaiting = []
        for (let edit = this.acknowledged; edit < this.made; edit++) this.#send(edit, 0)
      },
      frame: () => {
        const edit = this.#lane === lane ? this.#awaiting.shift() : undefined
        if (edit === undefined) this.#store.wrong.push('an answer to nothing')
        else if (edit >= this.#store.disk.length) this.#store.wrong.push(`${edit} acknowledged, and not on disk`)
        else this.acknowledged = Math.max(this.acknowledged, edit + 1)
      },
      ping: () => lane.pong(),
      closed: () => {
        if (this.#lane === lane) this.#lane = null
      },
    })
  }

  #send(edit: number, size: number): void {
    this.#awaiting.push(edit)
    this.#lane?.send(frameOf(edit, size))
  }
}

type Step = { do: 'edit'; size: number } | { do: 'pass'; ms: number } | { do: 'kill' | 'cut' | 'again' }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.nat(200).map((size): Step => ({ do: 'edit', size })) },
  { weight: 1, arbitrary: fc.constantFrom(300_000, 600_000).map((size): Step => ({ do: 'edit', size })) },
  { weight: 20, arbitrary: fc.nat(1_500).map((ms): Step => ({ do: 'pass', ms })) },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ do: 'kill' }, { do: 'cut' }, { do: 'again' }) },
)
const chance = (...probabilities: number[]) => fc.constantFrom(0, ...probabilities)
const faults: fc.Arbitrary<Faults> = fc.record({
  lost: chance(0.05, 0.2),
  answerLost: chance(0.05, 0.3),
  repeated: chance(0.2, 0.6),
  delay: fc.constantFrom(20, 500, 8_000),
  cut: chance(0.002, 0.02),
})

test('[SAVE-1] [SAVE-6] over loss, repetition, delay, overtaking, cuts and kills every edit arrives once, in order', async () => {
  const seen = { repeated: 0, gaps: 0, unknown: 0, cuts: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      faults,
      fc.array(step, { minLength: 20, maxLength: 80 }),
      async (seed, wrong, run) => {
        const world = new World(randomness(seed))
        const store = new Store(world)
        const carrier = new FaultyCarrier(world, wrong, store.admit)
        const page = new Page(world, carrier, store)
        for (const now of run) {
          if (now.do === 'edit') page.edit(now.size)
          else if (now.do === 'pass') await world.pass(now.ms)
          else if (now.do === 'cut') carrier.cut()
          else if (now.do === 'again') page.again()
          else {
            store.kill()
            carrier.kill()
          }
        }
        carrier.faults = noFaults
        for (let second = 0; page.acknowledged < page.made && second < 300; second++) await world.pass(1_000)
        expect(store.wrong).toEqual([])
        expect(page.acknowledged, 'healed, everything gets there').toBe(page.made)
        expect(store.disk).toEqual(Array.from({ length: page.made }, (_, edit) => edit))
        for (const key of ['repeated', 'gaps', 'unknown', 'cuts'] as const) seen[key] += carrier.seen[key]
      },
    ),
    { numRuns: runs },
  )
  // Without what can go wrong, it would hold for anything.
  expect(seen.repeated).toBeGreaterThan(runs / 2)
  expect(seen.unknown).toBeGreaterThan(runs / 10)
  expect(seen.cuts).toBeGreaterThan(runs / 2)
})
