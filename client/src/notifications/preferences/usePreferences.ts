import { useQuery } from '@tanstack/react-query'
import { type ChangePreferences, type NotificationPreferences, withChange } from '@weft/shared/notifications'
import { useSaying } from '../../kit/index.ts'
import { notificationsApi } from '../api.ts'
import { preferencesQuery } from './query.ts'

/** Where this device is, by its clock: an IANA name. */
export const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** What one wants to hear of. A change shows at once, and is taken back where the server does not take it. */
export function usePreferences() {
  const query = useQuery(preferencesQuery)
  const { said, say } = useSaying({
    scope: 'notification-preferences',
    queryKey: preferencesQuery.queryKey,
    send: (change: ChangePreferences) => notificationsApi.notifications.changePreferences(change),
    kept: (answer: NotificationPreferences) => answer,
  })
  const preferences = query.data === undefined ? undefined : said.reduce(withChange, query.data)
  const change = (part: ChangePreferences) => {
    if (preferences === undefined) return
    say(preferences.timeZone === null ? { timeZone: zoneHere(), ...part } : part)
  }
  return { query, preferences, change }
}
