import type { Notification } from '@weft/shared/notifications'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useInboxCommands } from '../useInboxCommands.ts'
import { type RowActions, timeText } from './NotificationRow.tsx'
import { useOpenNotification } from './useOpenNotification.ts'

/** What takes a row out of sight can be taken back for so long; ms. */
const undoFor = 8_000

/** What can be done with a row; `gone` is called where that leaves the list for another page. */
export function useRowActions(gone: () => void): RowActions {
  const { t, i18n } = useTranslation('notifications')
  const commands = useInboxCommands()
  const open = useOpenNotification()
  return useMemo(() => {
    const say = async (done: Promise<boolean>, text: string, undo: () => void) => {
      if (await done) toast(text, { duration: undoFor, action: { label: t('undo'), onClick: undo } })
    }
    return {
      open: (row) => open(row, 'page', gone),
      toggleRead: ({ id, readAt }) => void commands.mark(id, readAt === null),
      snooze: ({ id, snoozedUntil }: Notification, until) => {
        const done = commands.snooze(id, until)
        if (until === null) return
        const text = t('snoozed', { when: timeText(until, i18n.language) })
        void say(done, text, () => void commands.snooze(id, snoozedUntil))
      },
      archive: ({ id, archivedAt }) => {
        const done = commands.archive(id, archivedAt === null)
        if (archivedAt === null) void say(done, t('archived'), () => void commands.archive(id, false))
      },
    }
  }, [commands, open, gone, t, i18n.language])
}
