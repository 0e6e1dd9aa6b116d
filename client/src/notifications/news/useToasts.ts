import { useQueryClient } from '@tanstack/react-query'
import { DocumentId } from '@weft/shared/kit'
import { defaultPreferences, isUnread, type Notification } from '@weft/shared/notifications'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { matchPath, useLocation, useNavigate } from 'react-router'
import { toast } from 'sonner'
import { notificationsApi } from '../api.ts'
import { useOpenNotification } from '../centre/useOpenNotification.ts'
import { listOf, namesIn } from '../names.ts'
import { preferencesQuery } from '../preferences/query.ts'
import type { Inbox } from '../useInbox.ts'
import { whatText, whereText } from '../words.ts'
import { isCentreShown, noteTold, takeBack, toldIds } from './looking.ts'
import { inToasts, isToasted, newSince, type Seen, seenIn } from './toastsFor.ts'

/** Long enough to read a sentence and to decide; ms. */
const shownFor = 8_000
const othersId = 'other-notifications'

/** Says what has just come, with the way there. What was there at the join is no news. */
export function useToasts({ rows, live }: Inbox): void {
  const { t, i18n } = useTranslation('notifications')
  const client = useQueryClient()
  const navigate = useNavigate()
  const open = useOpenNotification()
  const { pathname } = useLocation()
  const path = useRef(pathname)
  path.current = pathname
  const seen = useRef<Seen | null>(null)
  useEffect(() => {
    if (!live) {
      seen.current = null
      return
    }
    for (const id of toldIds()) {
      const row = [...rows.values()].find((one) => one.id === id)
      if (id !== othersId && (row === undefined || !isUnread(row))) takeBack(id)
    }
    const before = seen.current
    seen.current = seenIn(rows.values())
    const news = before === null ? [] : newSince(before, rows.values())
    if (news.length > 0) void tell(news)

    async function tell(all: readonly Notification[]): Promise<void> {
      const wishes = await client.fetchQuery({ ...preferencesQuery, staleTime: 60_000 }).catch(() => defaultPreferences)
      const shown = matchPath('/w/:workspaceId/d/:documentId', path.current)?.params.documentId
      const looking = {
        visible: document.visibilityState === 'visible',
        documentId: DocumentId.safeParse(shown).data ?? null,
        centre: isCentreShown(),
      }
      const { each, others } = inToasts(all.filter((row) => isToasted(row, looking, wishes, Date.now())))
      if (each.length === 0) return
      const ids = each.map(({ id }) => id)
      const names = namesIn(await notificationsApi.notifications.names({ ids }).then(listOf, () => []), false)
      for (const row of each.toReversed()) {
        noteTold(row.id)
        toast(whatText(row, names, t, i18n.language), {
          id: row.id,
          description: whereText(row, names, t),
          duration: shownFor,
          action: { label: t('toast.open'), onClick: () => open(row, 'toast') },
        })
      }
      if (others === 0) return
      noteTold(othersId)
      toast(t('toast.many', { count: others }), {
        id: othersId,
        duration: shownFor,
        action: { label: t('toast.open'), onClick: () => void navigate('/notifications') },
      })
    }
  }, [rows, live, client, navigate, open, t, i18n.language])
}
