import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NotificationPreferences } from '@weft/shared/notifications'
import { useState } from 'react'
import { toastProblem } from '../../kit/index.ts'
import { notificationsApi } from '../api.ts'
import { preferencesQuery } from './query.ts'

/** Where this device is, by its clock: an IANA name. */
export const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** What one wants to hear of. A change shows at once, and is taken back where the server does not take it. */
export function usePreferences() {
  const client = useQueryClient()
  const query = useQuery(preferencesQuery)
  // The cache tells of a change a moment later: until then a box would stand as it was.
  const [said, setSaid] = useState<NotificationPreferences | null>(null)
  const { queryKey } = preferencesQuery
  const { mutate } = useMutation({
    // One after the other: the last one stands.
    scope: { id: 'notification-preferences' },
    mutationFn: (next: NotificationPreferences) => notificationsApi.notifications.setPreferences(next),
    onError: (error) => {
      toastProblem(error)
      void client.invalidateQueries({ queryKey })
    },
    onSettled: () => setSaid(null),
  })
  const change = (part: Partial<NotificationPreferences>) => {
    const before = client.getQueryData<NotificationPreferences>(queryKey)
    if (before === undefined) return
    const next = { ...before, timeZone: before.timeZone ?? zoneHere(), ...part }
    setSaid(next)
    client.setQueryData(queryKey, next)
    mutate(next)
  }
  return { query, preferences: said ?? query.data, change }
}
