import type { UserId } from '@weft/shared/kit'
import type { ChangeInbox } from './changing.ts'
import { DueTimer } from './DueTimer.ts'
import type { NotificationsDependencies } from './dependencies.ts'

/** People whose notifications come back in one transaction. */
const batchSize = 100

/** Lets what sleeps come back at its time: unread, on top, as if it had just happened. */
export function createSnoozes({ storage, clock, log }: NotificationsDependencies, change: ChangeInbox): DueTimer {
  const due = () =>
    storage.read.selectFrom('notifications').where('snoozed_until', 'is not', null).orderBy('snoozed_until')

  async function wake(userIds: readonly UserId[], now: number): Promise<void> {
    await storage.transaction(async (tx) => {
      for (const userId of userIds) {
        await change(tx, userId, (seq) =>
          tx
            .updateTable('notifications')
            .where('user_id', '=', userId)
            .where('snoozed_until', 'is not', null)
            .where('snoozed_until', '<=', now)
            .set({ snoozed_until: null, read_at: null, updated_at: now, seq })
            .returningAll()
            .execute(),
        )
      }
    })
  }

  return new DueTimer({
    what: 'snoozed notifications',
    clock,
    log,
    next: async () => (await due().select('snoozed_until').limit(1).executeTakeFirst())?.snoozed_until ?? null,
    async run() {
      const now = clock.now()
      const rows = await due().where('snoozed_until', '<=', now).select('user_id').limit(batchSize).execute()
      await wake([...new Set(rows.map((row) => row.user_id))], now)
    },
  })
}
