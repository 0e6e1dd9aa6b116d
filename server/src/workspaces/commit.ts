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
export interface Commit {
  <T>(by: Actor, scope: EventScope, work: (tx: Writer, say: Say) => Promise<T>): Promise<T>
  /**
   * Runs a command that looks at something before its transaction, unless it was executed before: then this is its
   * answer, whatever has become of what it looks at [EVENT-4].
   */
  unlessDone<T>(by: Actor, run: () => Promise<T>): Promise<T>
}

/** Commands over the event log and the log of executed commands. */
export function createCommit(
  events: Pick<EventLog, 'append'>,
  commands: Pick<CommandLog, 'runOnce' | 'answerOf'>,
): Commit {
  const commit = <T>(by: Actor, scope: EventScope, work: (tx: Writer, say: Say) => Promise<T>): Promise<T> =>
    commands.runOnce(by.commandId, by.userId, (tx) => work(tx, (fact) => events.append(tx, scope, by.userId, fact)))
  // Kept by `commit`, from a `T` of the same command.
  const answered = <T>(by: Actor) => commands.answerOf(by.commandId, by.userId) as Promise<T | undefined>
  const unlessDone = async <T>(by: Actor, run: () => Promise<T>): Promise<T> => {
    const before = await answered<T>(by)
    if (before !== undefined) return before
    try {
      return await run()
    } catch (error) {
      // The same command, sent twice at once: the other copy was executed while this one looked.
      const meanwhile = await answered<T>(by)
      if (meanwhile === undefined) throw error
      return meanwhile
    }
  }
  return Object.assign(commit, { unlessDone })
}
