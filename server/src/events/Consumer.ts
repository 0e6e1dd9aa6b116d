import { type EventScope, installationScope, type WeftEvent } from '@weft/shared/events'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/index.ts'

/** Events read at a time; the position is written once for them. */
const batchSize = 100
/** First and longest pause after a handler failed, in ms. */
const firstPause = 50
const longestPause = 30_000

/** At most `limit` events of a scope behind `seq`, in order. */
export type Since = (scope: EventScope, seq: number, limit: number) => Promise<WeftEvent[]>

interface Options {
  name: string
  handle: (event: WeftEvent) => Promise<void>
  from: 'now' | 'start'
  storage: Storage
  since: Since
  log: Log
}

interface Progress {
  position: number
  written: number
  failures: number
  running: Promise<void> | null
  wanted: boolean
  pause: NodeJS.Timeout | null
}

/** One consumer of the log, with its position in each scope. Scopes run beside each other, events of one in order. */
export class Consumer {
  readonly #options: Options
  readonly #scopes = new Map<EventScope, Progress>()
  /** Woken while the positions were being read. */
  readonly #early = new Set<EventScope>()
  #running = false

  constructor(options: Options) {
    this.#options = options
  }

  async start(): Promise<void> {
    await this.#begin()
    const { storage, name } = this.#options
    const rows = await storage.read
      .selectFrom('event_heads')
      .leftJoin('consumer_positions', (join) =>
        join.onRef('consumer_positions.scope', '=', 'event_heads.scope').on('consumer_positions.consumer', '=', name),
      )
      .select(['event_heads.scope', 'event_heads.seq as head', 'consumer_positions.seq as position'])
      .execute()
    this.#running = true
    for (const row of rows) {
      const position = row.position ?? 0
      this.#scopes.set(row.scope, fresh(position))
      if (row.head > position) this.#early.add(row.scope)
    }
    for (const scope of this.#early) this.wake(scope)
    this.#early.clear()
  }

  /** Looks for new events of a scope, now or when what runs has ended. */
  wake(scope: EventScope): void {
    if (!this.#running) {
      this.#early.add(scope)
      return
    }
    let progress = this.#scopes.get(scope)
    if (progress === undefined) {
      // A scope that began after this consumer did: it has missed nothing.
      progress = fresh(0)
      this.#scopes.set(scope, progress)
    }
    progress.wanted = true
    if (progress.running === null && progress.pause === null) this.#run(scope, progress)
  }

  async stop(): Promise<void> {
    this.#running = false
    for (const progress of this.#scopes.values()) {
      if (progress.pause !== null) clearTimeout(progress.pause)
      progress.pause = null
    }
    await Promise.all([...this.#scopes.values()].map((progress) => progress.running))
  }

  // The row for the installation's scope is the sign that this consumer has begun: a scope without one is then newer
  // than the consumer, and is read from its first event.
  async #begin(): Promise<void> {
    const { name, from, storage } = this.#options
    await storage.transaction(async (tx) => {
      const known = await tx
        .selectFrom('consumer_positions')
        .select('seq')
        .where('consumer', '=', name)
        .where('scope', '=', installationScope)
        .executeTakeFirst()
      if (known !== undefined) return
      if (from === 'now')
        await tx
          .insertInto('consumer_positions')
          .columns(['consumer', 'scope', 'seq'])
          .expression((eb) =>
            eb.selectFrom('event_heads').select((row) => [row.val(name).as('consumer'), 'scope', 'seq']),
          )
          .execute()
      await tx
        .insertInto('consumer_positions')
        .values({ consumer: name, scope: installationScope, seq: 0 })
        .onConflict((row) => row.doNothing())
        .execute()
    })
  }

  #run(scope: EventScope, progress: Progress): void {
    progress.running = this.#work(scope, progress).then(
      () => {
        progress.failures = 0
        progress.running = null
        if (this.#running && progress.wanted) this.#run(scope, progress)
      },
      (error: unknown) => {
        progress.running = null
        this.#retry(scope, progress, error)
      },
    )
  }

  #retry(scope: EventScope, progress: Progress, error: unknown): void {
    const { log, name } = this.#options
    log.error({ err: error, consumer: name, scope, behind: progress.position }, 'a consumer of events failed')
    if (!this.#running) return
    const pause = Math.min(firstPause * 2 ** progress.failures, longestPause)
    progress.failures++
    progress.pause = setTimeout(() => {
      progress.pause = null
      if (this.#running) this.#run(scope, progress)
    }, pause)
    progress.pause.unref()
  }

  async #work(scope: EventScope, progress: Progress): Promise<void> {
    const { since, handle } = this.#options
    for (;;) {
      progress.wanted = false
      const events = await since(scope, progress.position, batchSize)
      try {
        for (const event of events) {
          if (!this.#running) return
          await handle(event)
          progress.position = event.seq
          progress.failures = 0
        }
      } finally {
        await this.#write(scope, progress)
      }
      if (events.length < batchSize) return
    }
  }

  async #write(scope: EventScope, progress: Progress): Promise<void> {
    const seq = progress.position
    if (seq === progress.written) return
    await this.#options.storage.transaction((tx) =>
      tx
        .insertInto('consumer_positions')
        .values({ consumer: this.#options.name, scope, seq })
        .onConflict((row) => row.columns(['consumer', 'scope']).doUpdateSet({ seq }))
        .execute(),
    )
    progress.written = seq
  }
}

const fresh = (position: number): Progress => ({
  position,
  written: position,
  failures: 0,
  running: null,
  wanted: false,
  pause: null,
})
