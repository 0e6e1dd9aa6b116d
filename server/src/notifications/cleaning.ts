import type { DocumentId, NotificationId, UserId } from '@weft/shared/kit'
import type { Writer } from '../storage/port.ts'
import type { WindowHandle } from '../sync/index.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { raiseHeads } from './inbox.ts'

const day = 24 * 3_600_000
const every = 3_600_000
/** Rows removed in one transaction: some milliseconds of the writer. */
const batchSize = 500

/** Removes what is older than the history: rows, what is known of their facts, and deliveries that have ended. */
export function createCleaning(
  { storage, clock, log, historyDays }: NotificationsDependencies,
  handle: Pick<WindowHandle, 'apply'>,
) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let stopped = false

  async function clean(): Promise<void> {
    const before = clock.now() - historyDays * day
    await batches(() => removeRows(before))
    await batches(() => removeFacts(before))
    await batches(() => removeDeliveries(before))
  }

  async function batches(remove: () => Promise<number>): Promise<void> {
    while (!stopped && (await remove()) === batchSize);
  }

  const removeRows = (before: number): Promise<number> =>
    storage.transaction(async (tx) => {
      const old = await tx
        .selectFrom('notifications')
        .where('updated_at', '<', before)
        // What sleeps comes back, however old it is.
        .where('snoozed_until', 'is', null)
        .select(['id', 'user_id'])
        .limit(batchSize)
        .execute()
      return drop(tx, old)
    })

  const removeOf = (documentIds: readonly DocumentId[]): Promise<number> =>
    storage.transaction(async (tx) => {
      const about = await tx
        .selectFrom('notifications')
        .where('document_id', 'in', documentIds)
        .select(['id', 'user_id'])
        .limit(batchSize)
        .execute()
      return drop(tx, about)
    })

  async function drop(tx: Writer, rows: readonly { id: NotificationId; user_id: UserId }[]): Promise<number> {
    if (rows.length === 0) return 0
    const ids = rows.map(({ id }) => id)
    await tx.deleteFrom('notifications').where('id', 'in', ids).execute()
    forget(tx, rows)
    return rows.length
  }

  /** Says to those whose rows went what is left. */
  function forget(tx: Writer, rows: readonly { id: NotificationId; user_id: UserId }[]): void {
    const byReader = Map.groupBy(rows, (row) => row.user_id)
    const heads = storage.withCommit(tx, raiseHeads(tx, [...byReader.keys()]))
    storage.afterCommit(tx, () => {
      for (const { user_id: reader, seq, unread } of heads()) {
        const remove = (byReader.get(reader) ?? []).map(({ id }) => id)
        handle.apply(reader, { seq, remove, meta: { unread } })
      }
    })
  }

  const removeFacts = (before: number): Promise<number> =>
    storage.transaction(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('notification_facts')
        .where(({ eb, refTuple, selectFrom }) =>
          eb(
            refTuple('user_id', 'fact_key'),
            'in',
            selectFrom('notification_facts')
              .where('at', '<', before)
              .select(['user_id', 'fact_key'])
              .limit(batchSize)
              .$asTuple('user_id', 'fact_key'),
          ),
        )
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    })

  /** Those that wait or are dead stay: somebody has yet to do something with them. */
  const removeDeliveries = (before: number): Promise<number> =>
    storage.transaction(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('deliveries')
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('deliveries')
            .where('state', 'in', ['sent', 'dropped'])
            .where('due_at', '<', before)
            .select('id')
            .limit(batchSize),
        )
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    })

  const run = (): void => {
    running = running
      .then(clean)
      .catch((error: unknown) => log.error({ err: error }, 'old notifications could not be removed'))
  }

  return {
    clean,
    /** All that was told of some documents. Not cut short by a stop: the event that asks for it counts as dealt with then. */
    async forgetDocuments(documentIds: readonly DocumentId[]): Promise<void> {
      while ((await removeOf(documentIds)) === batchSize);
    },
    start(): void {
      run()
      timer = setInterval(run, every)
      timer.unref()
    },
    async stop(): Promise<void> {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
