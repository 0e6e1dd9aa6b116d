import { useQueryClient } from '@tanstack/react-query'
import type { UserId } from '@weft/shared/kit'
import type { NotificationPreferences } from '@weft/shared/notifications'
import { useEffect } from 'react'
import { readStored, whenIdle, writeStored } from '../../kit/index.ts'
import { useLive } from '../../live/index.ts'
import { notificationsApi } from '../api.ts'
import { preferencesQuery } from '../preferences/query.ts'
import { zoneHere } from '../preferences/usePreferences.ts'
import { toldZonePrefix } from '../toldZone.ts'

const toldKey = (userId: UserId) => `${toldZonePrefix}${userId}`

/** Tells the server once where the person is, unless they have said so: digests and quiet hours go by their clock. */
export function useTimeZone(): void {
  const client = useQueryClient()
  const { userId } = useLive()
  useEffect(() => {
    if (readStored(toldKey(userId)) !== null) return
    let gone = false
    const cancel = whenIdle(() => void tell().catch(() => undefined))
    return () => {
      gone = true
      cancel()
    }

    async function tell(): Promise<void> {
      const preferences = await client.fetchQuery(preferencesQuery)
      if (preferences.timeZone === null) {
        const { timeZone } = await notificationsApi.notifications.changePreferences({ timeZone: zoneHere() })
        // Only this: what else it tells may be older than what the page has been told since.
        client.setQueryData<NotificationPreferences>(
          preferencesQuery.queryKey,
          (before) => before && { ...before, timeZone },
        )
      }
      // Signed out meanwhile: nothing of the person stays on the device.
      if (!gone) writeStored(toldKey(userId), zoneHere())
    }
  }, [client, userId])
}
