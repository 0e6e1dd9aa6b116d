import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Announcement } from '@weft/shared/notifications'
import { Megaphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../auth/index.ts'
import { Button, EmptyState, ErrorState, Loading, Skeleton, toastProblem } from '../../kit/index.ts'
import { useWorkspaces } from '../../workspaces/index.ts'
import { notificationsApi } from '../api.ts'
import { timeText } from '../centre/NotificationRow.tsx'
import { AnnouncementForm } from './AnnouncementForm.tsx'
import { announcementsKey } from './keys.ts'

/** While one goes out, or is about to, the list is looked at so often; ms. */
const lookEvery = 5_000

const isUnderWay = ({ state }: Announcement): boolean => state === 'scheduled' || state === 'sending'

/** What was announced and what is about to be, and a new one. */
export function Announcements() {
  const { t } = useTranslation('notifications')
  const { ownsInstallation } = useAccount()
  const { data: workspaces = [] } = useWorkspaces()
  const places = workspaces.filter(({ role }) => ownsInstallation || role === 'owner' || role === 'admin')
  const [first] = places
  const query = useQuery({
    queryKey: announcementsKey,
    queryFn: async () => {
      if (ownsInstallation) return notificationsApi.announcements.announcements({})
      const lists = places.map(({ id }) => notificationsApi.announcements.announcements({ workspaceId: id }))
      return (await Promise.all(lists)).flat().toSorted((a, b) => b.createdAt - a.createdAt)
    },
    enabled: ownsInstallation || first !== undefined,
    refetchInterval: ({ state: { data } }) => (data?.some(isUnderWay) ? lookEvery : false),
  })
  if (!ownsInstallation && first === undefined) {
    return <EmptyState icon={Megaphone} title={t('announce.none')} text={t('announce.notYours')} />
  }
  return (
    <div className="flex flex-col gap-8">
      <AnnouncementForm places={places} everybody={ownsInstallation} />
      {query.data === undefined ? (
        query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-24" />
          </Loading>
        )
      ) : query.data.length === 0 ? (
        <p className="text-muted text-sm">{t('announce.none')}</p>
      ) : (
        <ul aria-label={t('admin.announcements')} className="divide-y divide-line border-line border-y">
          {query.data.map((one) => (
            <Line
              key={one.id}
              announcement={one}
              place={places.find(({ id }) => id === one.audience.workspaceId)?.name}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

function Line({ announcement, place }: { announcement: Announcement; place: string | undefined }) {
  const { t, i18n } = useTranslation('notifications')
  const client = useQueryClient()
  const { id: announcementId, title, text, state, recipients, dueAt, audience } = announcement
  const { mutate, isPending } = useMutation({
    mutationFn: () => notificationsApi.announcements.cancelAnnouncement({ announcementId }),
    onError: toastProblem,
    onSettled: () => client.invalidateQueries({ queryKey: announcementsKey }),
  })
  const roles = audience.roles?.map((role) => t(`announce.role.${role}`)).join(', ')
  const whom = [audience.workspaceId === null ? t('announce.everybody') : (place ?? t('where.some')), roles]
  return (
    <li className="flex flex-wrap items-start gap-3 py-3 text-sm" data-testid="announcement">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{title}</p>
        {text !== '' && <p className="line-clamp-3 whitespace-pre-line text-muted">{text}</p>}
        <p className="text-faint text-xs">
          {whom.filter((part) => part !== undefined).join(' · ')} · {timeText(dueAt, i18n.language)}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <span className="text-muted">
          {t(`announce.state.${state}`)} · {t('announce.told', { count: recipients })}
        </span>
        {isUnderWay(announcement) && (
          <Button size="sm" busy={isPending} onClick={() => mutate()} aria-label={t('announce.cancelOf', { title })}>
            {t('announce.cancel')}
          </Button>
        )}
      </div>
    </li>
  )
}
