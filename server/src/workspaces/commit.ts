import type { EventFact, EventScope } from '@weft/shared/events'
import type { CommandId, UserId } from '@weft/shared/kit'
import type { CommandLog, EventLog } from '../events/index.ts'
import type { Writer } from '../storage/port.ts'

/** Who does something, and under which command id. */
export interface Actor {
  userId: UserId
  /** [EVENT-4] Null: the caller does not care about repeats. */
  commandId: CommandId | null
}

/** Appends a fact to the transaction's scope; resolves to its sequence. */
export type Say = (fact: EventFact) => Promise<number>

/**
 * One transaction with the facts that it causes [EVENT-1], executed once for each command id: a repeat by the same
 * person gets the first answer, which is kept as JSON.
 */
export type Commit = <T>(by: Actor, scope: EventScope, work: (tx: Writer, say: Say) => Promise<T>) => Promise<T>

/** Commands over the event log and the log of executed commands. */
export const createCommit =
  (events: Pick<EventLog, 'append'>, commands: Pick<CommandLog, 'runOnce'>): Commit =>
  (by, scope, work) =>
    commands.runOnce(by.commandId, by.userId, (tx) => work(tx, (fact) => events.append(tx, scope, by.userId, fact)))
