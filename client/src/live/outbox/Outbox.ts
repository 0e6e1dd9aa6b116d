import type { CommandId, DocumentId, WorkspaceId } from '@weft/shared/kit'
import type { OutboxStore } from '../device/OutboxStore.ts'
import { Backoff } from '../transport/Backoff.ts'
import type { Clock } from '../transport/Clock.ts'
import { madeBy } from './calls.ts'
import type { Carried } from './carry.ts'
import { KeptRows } from './KeptRows.ts'
import { mostCommands, OutboxFull } from './OutboxFull.ts'
import type { NewCommand, OutboxRow, Refusal, Subject } from './OutboxRow.ts'
import { planOf } from './plan.ts'
import type { SendLock } from './SendLock.ts'

/** As many at once as do not hold up what else the page asks for. */
const atOnce = 4
/** Text that a command waits for is looked for this often; ms. */
const lookAgain = 1_000
/** A command that fares badly by itself is tried at least this often; ms. */
const longestHold = 300_000
/** The server knows a repeated command for 90 days [EVENT-4]; wrong clocks and slow networks get a week of them. ms */
const tooOld = 83 * 24 * 3_600_000
/** A list that shows a command was perhaps never asked for again: after this nobody waits for it; ms. */
const doneFor = 24 * 3_600_000

export interface OutboxOptions {
  store: OutboxStore
  lock: SendLock
  clock: Clock
  carry(row: OutboxRow): Promise<Carried>
  /** Whether the server has all text of this document that was written here. */
  acknowledged(documentId: DocumentId): Promise<boolean>
  /** Before a refusal is noted: brings to safety what would be lost by it; false: not now, ask again. */
  refusing(row: OutboxRow): Promise<boolean>
  /** A command went through or was refused, in this page or another. */
  settled(row: OutboxRow): void
  /** Tells this person's other pages that the rows have changed. */
  tell(): void
  ended?(): void
}

/**
 * Commands on their way to the server [EVENT-4]: kept on the device, sent in order where order matters, each executed once
 * however often it is sent, for it keeps its id. One page of a browser sends at a time.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #kept: KeptRows
  readonly #listeners = new Set<() => void>()
  readonly #ended = new AbortController()
  readonly #sending = new Set<CommandId>()
  /** Of commands that fared badly by themselves. */
  readonly #held = new Map<CommandId, { until: number; backoff: Backoff }>()
  readonly #backoff: Backoff
  #pausedUntil = 0
  #cancelPump: (() => void) | null = null
  #signedOut = false
  #wanting = false
  #lost: AbortSignal | null = null
  #release: (() => void) | null = null
  readonly loaded: Promise<void>

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#backoff = new Backoff({ random: () => options.clock.random() })
    this.#kept = new KeptRows({ ...options, changed: () => this.#changed() })
    this.loaded = this.#kept.read().then(() => this.#forgetOld())
  }

  /** All commands that a list may have to show, or that the person should know of, in their order. */
  get rows(): readonly OutboxRow[] {
    return this.#kept.all
  }

  /** Nothing is sent until the person signs in again. */
  get signedOut(): boolean {
    return this.#signedOut
  }

  get onlyInPage(): boolean {
    return this.#kept.onlyInPage
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves when the command is on the device (or known to be in this page only). Throws `OutboxFull`. */
  async add(command: NewCommand): Promise<void> {
    await this.loaded
    await this.#kept.add({ ...command, at: this.#options.clock.now(), state: 'waiting' }, (count) => {
      if (count >= mostCommands) throw new OutboxFull()
    })
  }

  /** A new title of the thing that a command makes, so that the list shows it after a restart too. */
  async retitle(documentId: DocumentId, title: string): Promise<void> {
    const row = this.rows.find(({ call, state }) => madeBy(call) === documentId && state !== 'refused')
    if (row === undefined || row.title === title) return
    await this.#kept.change(row.commandId, (known) => ({ ...known, title }))
  }

  /** Sends a refused command, and what was refused because of it, once more. */
  async retry(commandId: CommandId): Promise<void> {
    for (const row of this.refusedWith(commandId)) {
      await this.#kept.change(row.commandId, ({ refusal: _refusal, ...known }) => ({
        ...known,
        at: this.#options.clock.now(),
        state: 'waiting',
      }))
    }
  }

  /** Forgets a refused command, and what was refused because of it. */
  async discard(commandId: CommandId): Promise<void> {
    for (const row of this.refusedWith(commandId).toReversed()) await this.#kept.change(row.commandId, () => null)
  }

  /** Takes back a command that nobody needs to execute any more. What is under way may still arrive. */
  async withdraw(commandId: CommandId): Promise<void> {
    await this.#kept.change(commandId, () => null)
  }

  /** What has been executed, and so is in each list of this workspace that is asked for from now on. */
  executed(workspaceId: WorkspaceId): CommandId[] {
    const done = this.rows.filter((row) => row.state === 'done' && row.workspaceId === workspaceId)
    return done.map(({ commandId }) => commandId)
  }

  /** A list that was asked for after these were executed has arrived: it shows them by itself [EVENT-3]. */
  async listed(commandIds: readonly CommandId[]): Promise<void> {
    for (const commandId of commandIds) await this.#kept.change(commandId, () => null)
  }

  /** Tries at once what waits for a better moment: the network is back, or somebody asks for it. */
  wake(): void {
    this.#signedOut = false
    this.#pausedUntil = 0
    this.#backoff.reset()
    this.#held.clear()
    this.#changed()
  }

  /** Another page has changed the rows. */
  read(): Promise<void> {
    return this.#kept.read()
  }

  /** Sends no more. What is under way may still arrive. */
  end(): void {
    this.#ended.abort()
    this.#kept.end()
    this.#cancelPump?.()
    this.#release?.()
    this.#listeners.clear()
    this.#options.ended?.()
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
    this.#pump()
  }

  /** Sends what may go now, and sees to it that this is looked at again. */
  #pump(): void {
    this.#cancelPump?.()
    this.#cancelPump = null
    if (this.#ended.signal.aborted) return
    if (!this.rows.some(({ state }) => state === 'waiting')) {
      if (this.#sending.size === 0) this.#release?.()
      return
    }
    const now = this.#options.clock.now()
    if (this.#lost === null || this.#lost.aborted) this.#want()
    else if (now < this.#pausedUntil) this.#pumpAfter(this.#pausedUntil - now)
    else if (!this.#signedOut) this.#sendReady(now)
  }

  #sendReady(now: number): void {
    const isHeld = ({ commandId }: OutboxRow) => (this.#held.get(commandId)?.until ?? 0) > now
    const { ready, lost } = planOf(this.rows, this.#sending, isHeld)
    for (const row of lost) {
      if (!this.#sending.has(row.commandId) && !isHeld(row)) void this.#work(row, () => this.#refuse(row, needed))
    }
    for (const row of ready.slice(0, Math.max(0, atOnce - this.#sending.size))) {
      void this.#work(row, () => this.#send(row))
    }
    const next = Math.min(...[...this.#held.values()].map(({ until }) => until).filter((until) => until > now))
    if (Number.isFinite(next)) this.#pumpAfter(next - now)
  }

  /** Becomes the page that sends, now or when the one that does has gone. */
  #want(): void {
    if (this.#wanting) return
    this.#wanting = true
    void this.#options
      .lock(async (lost) => {
        this.#lost = lost
        const released = new Promise<void>((resolve) => {
          this.#release = resolve
          lost.addEventListener('abort', () => resolve(), { once: true })
        })
        // The page that sent before this one may have got further than it told.
        await this.#kept.read()
        this.#pump()
        await released
      }, this.#ended.signal)
      .catch(() => undefined)
      .finally(() => {
        this.#wanting = false
        this.#lost = null
        this.#release = null
        this.#pump()
      })
  }

  async #work(row: OutboxRow, work: () => Promise<void>): Promise<void> {
    this.#sending.add(row.commandId)
    try {
      await work()
    } catch {
      this.#hold(row)
    } finally {
      this.#sending.delete(row.commandId)
    }
    this.#pump()
  }

  async #send(row: OutboxRow): Promise<void> {
    const { clock, carry, acknowledged } = this.#options
    if (clock.now() - row.at > tooOld) return this.#refuse(row, { why: 'too-old' })
    for (const documentId of row.awaits) {
      if (await acknowledged(documentId)) continue
      this.#held.set(row.commandId, { until: clock.now() + lookAgain, backoff: this.#newBackoff() })
      return
    }
    const carried = await carry(row)
    if (this.#ended.signal.aborted) return
    switch (carried.outcome) {
      case 'done':
        this.#backoff.reset()
        this.#held.delete(row.commandId)
        return this.#kept.change(row.commandId, (known) => ({
          ...known,
          state: 'done',
          at: clock.now(),
          ...(carried.seq === undefined ? {} : { seq: carried.seq }),
        }))
      case 'refused':
        return this.#refuse(row, carried.refusal)
      case 'signed-out':
        this.#signedOut = true
        return this.#changed()
      case 'later':
        if (carried.all) this.#pausedUntil = clock.now() + Math.max(carried.after ?? 0, this.#backoff.next())
        else this.#hold(row, carried.after ?? 0)
        return
      default:
    }
  }

  async #refuse(row: OutboxRow, refusal: Refusal): Promise<void> {
    if (!(await this.#options.refusing(row))) return this.#hold(row)
    await this.#kept.change(row.commandId, (known) => ({ ...known, state: 'refused', refusal }))
  }

  /** A refused command, then what was refused because of it. */
  refusedWith(commandId: CommandId): OutboxRow[] {
    const first = this.#kept.find(commandId)
    if (first?.state !== 'refused') return []
    const made = new Set<Subject | null>([madeBy(first.call)])
    const found = [first]
    for (const row of this.rows) {
      if (row.refusal?.why !== 'needed' || found.includes(row)) continue
      if (![...row.writes, ...row.reads].some((id) => made.has(id))) continue
      made.add(madeBy(row.call))
      found.push(row)
    }
    return found
  }

  #hold({ commandId }: OutboxRow, atLeast = 0): void {
    const backoff = this.#held.get(commandId)?.backoff ?? this.#newBackoff()
    this.#held.set(commandId, { until: this.#options.clock.now() + Math.max(atLeast, backoff.next()), backoff })
  }

  #newBackoff(): Backoff {
    return new Backoff({ random: () => this.#options.clock.random(), cap: longestHold })
  }

  #pumpAfter(ms: number): void {
    this.#cancelPump?.()
    this.#cancelPump = this.#options.clock.after(Math.max(1, ms), () => this.#pump())
  }

  async #forgetOld(): Promise<void> {
    const before = this.#options.clock.now() - doneFor
    await this.listed(
      this.rows.filter(({ state, at }) => state === 'done' && at < before).map(({ commandId }) => commandId),
    )
  }
}

const needed: Refusal = { why: 'needed' }
