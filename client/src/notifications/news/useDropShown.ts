import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import type { NotificationPage } from '@weft/shared/notifications'
import { useEffect } from 'react'
import { isInboxCall, useLive, useOutbox } from '../../live/index.ts'
import { pagesKey } from '../centre/useRows.ts'
import { withMarks } from '../inboxState.ts'
import type { Inbox } from '../useInbox.ts'

/** A command that the window shows by now is laid over nothing any more [EVENT-3]; older rows, which it does not show, keep it. */
export function useDropShown({ seq, live }: Inbox): void {
  const client = useQueryClient()
  const { outbox } = useLive()
  const rows = useOutbox()
  useEffect(() => {
    if (!live || seq === null) return
    const shown = rows.filter(({ call, state, seq: at }) => isInboxCall(call) && state === 'done' && (at ?? 0) <= seq)
    if (shown.length === 0) return
    client.setQueriesData<InfiniteData<NotificationPage>>(
      { queryKey: pagesKey },
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            notifications: withMarks(
              page.notifications,
              shown.filter(({ seq: at }) => at !== undefined && page.seq < at),
            ),
          })),
        },
    )
    outbox.listed(shown.map(({ commandId }) => commandId))
  }, [client, outbox, rows, seq, live])
}
