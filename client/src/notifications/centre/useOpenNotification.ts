import { type Notification, placeOf } from '@weft/shared/notifications'
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { type OpenedFrom, useInboxCommands } from '../useInboxCommands.ts'

/** Goes to what a notification speaks of, and marks it as read; `gone` is called where that leaves the list. */
export function useOpenNotification() {
  const navigate = useNavigate()
  const commands = useInboxCommands()
  return useCallback(
    (row: Notification, from: OpenedFrom, gone?: () => void) => {
      void commands.open(row.id, from)
      const place = placeOf(row)
      if (place === null) {
        // In the list one reads it right there.
        if (from === 'toast') void navigate('/notifications')
        return
      }
      gone?.()
      void navigate(place)
    },
    [commands, navigate],
  )
}
