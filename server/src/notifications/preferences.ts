import type { UserId } from '@weft/shared/kit'
import { defaultPreferences, NotificationPreferences } from '@weft/shared/notifications'
import type { Reader, Writer } from '../storage/port.ts'
import { jsonIds } from './jsonRows.ts'

/** Kinds and fields that came after somebody's choice was kept have their defaults. */
function parse(kept: string): NotificationPreferences {
  const given = JSON.parse(kept)
  return NotificationPreferences.parse({
    ...defaultPreferences,
    ...given,
    kinds: { ...defaultPreferences.kinds, ...given.kinds },
  })
}

/** Of many people at once; who has chosen nothing has the defaults. */
export async function readPreferences(db: Reader, userIds: readonly UserId[]) {
  const rows = await db
    .selectFrom('notification_preferences')
    .where('user_id', 'in', jsonIds(userIds))
    .selectAll()
    .execute()
  const chosen = new Map(rows.map((row) => [row.user_id, parse(row.preferences)]))
  return (userId: UserId): NotificationPreferences => chosen.get(userId) ?? defaultPreferences
}

export const preferencesOf = async (db: Reader, userId: UserId): Promise<NotificationPreferences> =>
  (await readPreferences(db, [userId]))(userId)

export async function writePreferences(tx: Writer, userId: UserId, chosen: NotificationPreferences): Promise<void> {
  const preferences = JSON.stringify(chosen)
  await tx
    .insertInto('notification_preferences')
    .values({ user_id: userId, preferences })
    .onConflict((row) => row.column('user_id').doUpdateSet({ preferences }))
    .execute()
}
