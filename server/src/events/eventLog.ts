import { type EventFact, EventFact as EventFactSchema, type EventScope, type WeftEvent } from '@weft/shared/events'
import type { UserId } from '@weft/shared/kit'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage, Writer } from '../storage/index.ts'
import { Consumer, type Since } from './Consumer.ts'

export interface ConsumerOptions {
  /** Where a consumer of a new name begins: at what happens from its first start on, or at the first event of all. */
  from: 'now' | 'start'
}

/** Facts that happened, written with the change that made them, and handed to those who want to know. */
export interface EventLog {
  /**
   * [EVENT-1] [EVENT-3] Writes a fact in the transaction of its change and returns its sequence. Consumers run by
   * themselves once that transaction has committed.
   */
  append(tx: Writer, scope: EventScope, actorId: UserId | null, fact: EventFact): Promise<number>
  since: Since
  /** The newest sequence of a scope; 0: nothing has happened. */
  head(scope: EventScope): Promise<number>
  /**
   * [EVENT-2] Hands every event to `handle`, at least once, in order for each scope, resuming where this name had
   * come to before the process ended. One that rejects is tried again with growing pauses, and holds up nothing but its
   * own scope [LIMIT-3]. Before `start`.
   */
  consume(name: string, handle: (event: WeftEvent) => Promise<void>, options: ConsumerOptions): void
  /** Calls `listener` with what commits in this process, in the moment of the commit, without a memory. Returns its end. */
  onEvent(listener: (event: WeftEvent) => void): () => void
  start(): Promise<void>
  /** Resolves when no handler runs any more. */
  stop(): Promise<void>
}

export interface EventDependencies {
  storage: Storage
  clock: Clock
  log: Log
}

export function createEventLog({ storage, clock, log }: EventDependencies): EventLog {
  const consumers = new Map<string, Consumer>()
  const listeners = new Set<(event: WeftEvent) => void>()
  let started = false

  const since: Since = async (scope, seq, limit) => {
    const rows = await storage.read
      .selectFrom('events')
      .select(['seq', 'at', 'actor_id', 'fact'])
      .where('scope', '=', scope)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      scope,
      seq: row.seq,
      at: row.at,
      actorId: row.actor_id,
      fact: EventFactSchema.parse(JSON.parse(row.fact)),
    }))
  }

  const announce = (event: WeftEvent): void => {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        log.error({ err: error, scope: event.scope, seq: event.seq }, 'a listener to events failed')
      }
    }
    for (const consumer of consumers.values()) consumer.wake(event.scope)
  }

  return {
    since,

    async append(tx, scope, actorId, fact) {
      const { seq } = await tx
        .insertInto('event_heads')
        .values({ scope, seq: 1 })
        .onConflict((row) => row.column('scope').doUpdateSet((eb) => ({ seq: eb('event_heads.seq', '+', 1) })))
        .returning('seq')
        .executeTakeFirstOrThrow()
      const event: WeftEvent = { scope, seq, at: clock.now(), actorId, fact }
      const { type } = fact
      const row = tx
        .insertInto('events')
        .values({ scope, seq, type, actor_id: actorId, fact: JSON.stringify(fact), at: event.at })
      storage.withCommit(tx, row)
      storage.afterCommit(tx, () => announce(event))
      return seq
    },

    async head(scope) {
      const row = await storage.read
        .selectFrom('event_heads')
        .select('seq')
        .where('scope', '=', scope)
        .executeTakeFirst()
      return row?.seq ?? 0
    },

    consume(name, handle, options) {
      if (started) throw new Error(`the consumer ${name} comes too late: the log has started`)
      if (consumers.has(name)) throw new Error(`two consumers are called ${name}`)
      consumers.set(name, new Consumer({ name, handle, from: options.from, storage, since, log }))
    },

    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async start() {
      started = true
      for (const consumer of consumers.values()) await consumer.start()
    },

    async stop() {
      await Promise.all([...consumers.values()].map((consumer) => consumer.stop()))
    },
  }
}
