import type { UserId } from '@weft/shared/kit'
import type { Storage } from '../storage/index.ts'

const theirs = [
  'push_subscriptions',
  'deliveries',
  'notifications',
  'notification_facts',
  'notification_preferences',
  'watches',
  'inboxes',
] as const

/** Removes everything that is kept here for a person, whose account ends. A table at a time: none is small for sure. */
export async function forgetPerson(storage: Pick<Storage, 'transaction'>, userId: UserId): Promise<void> {
  for (const table of theirs) {
    await storage.transaction((tx) => tx.deleteFrom(table).where('user_id', '=', userId).execute())
  }
}
