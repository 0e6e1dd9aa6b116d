import { type CommandId, type UserId, WeftError } from '@weft/shared/kit'
import { LeaseExpired, type Reader, type Writer } from '../storage/index.ts'
import type { EventDependencies } from './eventLog.ts'

const day = 24 * 3_600_000
/** How long a repeated command is known [EVENT-4]. In ms. */
export const commandAge = 90 * day
const cleaningInterval = 3_600_000
/** Tries of a command that kept the writer too long; more would only keep others waiting. */
const tries = 3
/** Rows removed in one transaction: some milliseconds of the writer. */
const cleaningBatch = 1_000

/** [EVENT-4] Commands that were executed, so that an offline outbox may send one twice. */
export interface CommandLog {
  /**
   * Runs `work` in a transaction together with the note that this command was executed. The same id again, by the same
   * person, answers what the first one answered (as JSON) and runs nothing; by another person it is a `conflict`.
   * Without an id it is an ordinary transaction. When it was rolled back because it kept the writer too long, `work` is
   * run again, three times at most: it must change nothing but what it does with `tx`.
   */
  runOnce<T>(commandId: CommandId | null | undefined, userId: UserId, work: (tx: Writer) => Promise<T>): Promise<T>
  /**
   * What a command answered that was executed before, as JSON; undefined: it was not. For what a command looks at before
   * its transaction: a repeat must not be refused because the first one has changed it. Throws as `runOnce` does.
   */
  answerOf(commandId: CommandId | null | undefined, userId: UserId): Promise<unknown>
  /** Removes what is older than 90 days; returns how many. */
  clean(): Promise<number>
  start(): void
  stop(): Promise<void>
}

export function createCommandLog({ storage, clock, log }: EventDependencies): CommandLog {
  let timer: NodeJS.Timeout | undefined
  let cleaning: Promise<unknown> = Promise.resolve()

  const clean = async (): Promise<number> => {
    const before = clock.now() - commandAge
    for (let removed = 0; ; ) {
      const { numDeletedRows } = await storage.transaction((tx) =>
        tx
          .deleteFrom('commands')
          .where('id', 'in', (eb) =>
            eb.selectFrom('commands').select('id').where('at', '<', before).limit(cleaningBatch),
          )
          .executeTakeFirstOrThrow(),
      )
      removed += Number(numDeletedRows)
      if (numDeletedRows < cleaningBatch) return removed
    }
  }

  const known = async (db: Reader, commandId: CommandId, userId: UserId): Promise<unknown> => {
    const row = await db
      .selectFrom('commands')
      .select(['user_id', 'result'])
      .where('id', '=', commandId)
      .executeTakeFirst()
    if (row === undefined) return undefined
    if (row.user_id !== userId) throw new WeftError('conflict', 'This command id is taken. Send it under another.')
    return JSON.parse(row.result)
  }

  /** Nothing was written of what is tried again. */
  const transaction = async <T>(work: (tx: Writer) => Promise<T>): Promise<T> => {
    for (let left = tries - 1; ; left--) {
      try {
        return await storage.transaction(work)
      } catch (error) {
        if (left === 0 || !(error instanceof LeaseExpired)) throw error
        log.warn({ triesLeft: left }, 'a command took too long and is tried again')
      }
    }
  }

  return {
    clean,

    async answerOf(commandId, userId) {
      if (commandId === null || commandId === undefined) return undefined
      return known(storage.read, commandId, userId)
    },

    runOnce<T>(commandId: CommandId | null | undefined, userId: UserId, work: (tx: Writer) => Promise<T>): Promise<T> {
      if (commandId === null || commandId === undefined) return transaction(work)
      return transaction(async (tx) => {
        const answer = await known(tx, commandId, userId)
        // Written below, from a `T`.
        if (answer !== undefined) return answer as T
        const result = await work(tx)
        await tx
          .insertInto('commands')
          .values({ id: commandId, user_id: userId, result: JSON.stringify(result ?? null), at: clock.now() })
          .execute()
        return result
      })
    },

    start() {
      const run = (): void => {
        cleaning = clean().catch((error: unknown) => log.error({ err: error }, 'old commands could not be removed'))
      }
      run()
      timer = setInterval(run, cleaningInterval)
      timer.unref()
    },

    async stop() {
      clearInterval(timer)
      await cleaning
    },
  }
}
