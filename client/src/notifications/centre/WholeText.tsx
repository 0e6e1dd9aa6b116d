import { useQuery } from '@tanstack/react-query'
import { announcementExcerpt, type Notification } from '@weft/shared/notifications'
import { notificationsApi } from '../api.ts'

/** What an announcement says, of which the inbox holds the beginning: all of it, where the server can be reached. */
export function WholeText({ row: { id, detail }, begun }: { row: Notification; begun: string }) {
  const isBegun = detail.announcementId !== undefined && begun.length >= announcementExcerpt
  const { data } = useQuery({
    queryKey: ['notification', id],
    queryFn: () => notificationsApi.notifications.get({ notificationId: id }),
    enabled: isBegun,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.detail.text ?? (isBegun ? `${begun}…` : begun)
}
