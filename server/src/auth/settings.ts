import { AccountSettings, type ChangeSettings, noSettings } from '@weft/shared/auth'
import { installationScope } from '@weft/shared/events'
import type { UserId } from '@weft/shared/kit'
import type { EventLog } from '../events/index.ts'
import type { Reader, Storage } from '../storage/port.ts'

interface Dependencies {
  storage: Storage
  events: Pick<EventLog, 'append'>
}

export async function readSettings(read: Reader, userId: UserId): Promise<AccountSettings> {
  const rows = await read
    .selectFrom('account_settings')
    .where('user_id', '=', userId)
    .select(['name', 'value'])
    .execute()
  // What another version has kept, and this one does not know, is left alone.
  return AccountSettings.catch(noSettings).parse({
    ...noSettings,
    ...Object.fromEntries(rows.map(({ name, value }) => [name, value])),
  })
}

/** Changes what the person names and nothing else, and tells of it in the same transaction [EVENT-1]. */
export const createChangeSettings =
  ({ storage, events }: Dependencies) =>
  async (userId: UserId, change: ChangeSettings): Promise<AccountSettings> => {
    await storage.transaction(async (tx) => {
      for (const [name, value] of Object.entries(change)) {
        await tx
          .insertInto('account_settings')
          .values({ user_id: userId, name, value })
          .onConflict((oc) => oc.columns(['user_id', 'name']).doUpdateSet({ value }))
          .execute()
      }
      await events.append(tx, installationScope, userId, { type: 'account.settings-changed', userId })
    })
    return readSettings(storage.read, userId)
  }
