import type { NotificationPreferences } from '@weft/shared/notifications'
import { notificationsApi } from '../api.ts'

/** What one wants to hear of. */
export const preferencesQuery = {
  queryKey: ['notification-preferences'],
  queryFn: (): Promise<NotificationPreferences> => notificationsApi.notifications.preferences(),
} as const
