import { CommandId, type NotificationId, randomId } from '@weft/shared/kit'
import type { NotificationKind } from '@weft/shared/notifications'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { toastProblem } from '../kit/index.ts'
import { type InboxCall, mostCommands, OutboxFull, useLive } from '../live/index.ts'

/** By which way somebody came to open a notification. */
export type OpenedFrom = 'page' | 'toast' | 'push' | 'mail'

/** What one does with one's inbox, with a network and without: shown at once, and sent when it can be. */
export function useInboxCommands() {
  const { t } = useTranslation('notifications')
  const { outbox } = useLive()
  return useMemo(() => {
    const add = async (call: InboxCall): Promise<boolean> => {
      const commandId = CommandId.parse(randomId())
      try {
        await outbox.add({ commandId, call, workspaceId: null, title: '', writes: ['inbox'], reads: [], awaits: [] })
        return true
      } catch (error) {
        if (error instanceof OutboxFull) toast.error(t('outboxFull', { count: mostCommands }))
        else toastProblem(error)
        return false
      }
    }
    return {
      mark: (id: NotificationId, read: boolean) => add({ name: 'notifications.mark', input: { ids: [id], read } }),
      markAll: (upTo: number, kinds?: NotificationKind[]) =>
        add({ name: 'notifications.markAll', input: { upTo, ...(kinds === undefined ? {} : { kinds }) } }),
      archive: (id: NotificationId, archived: boolean) =>
        add({ name: 'notifications.archive', input: { ids: [id], archived } }),
      snooze: (notificationId: NotificationId, until: number | null) =>
        add({ name: 'notifications.snooze', input: { notificationId, until } }),
      open: (notificationId: NotificationId, from: OpenedFrom) =>
        add({ name: 'notifications.open', input: { notificationId, from } }),
    }
  }, [outbox, t])
}
export type InboxCommands = ReturnType<typeof useInboxCommands>
