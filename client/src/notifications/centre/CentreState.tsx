import { Archive, BellOff, CheckCheck, CloudOff, Moon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, Loading, Skeleton } from '../../kit/index.ts'
import { everything, type Filter } from './filter.ts'

const placeholders = ['first', 'second', 'third', 'fourth'] as const

export const CentreLoading = () => (
  <Loading>
    <div className="flex flex-col gap-4 p-4">
      {placeholders.map((key) => (
        <div key={key} className="flex gap-3">
          <Skeleton className="!rounded-full size-8" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-4 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  </Loading>
)

/** Why the list holds no row. */
export function CentreEmpty(props: { filter: Filter; unseen: boolean; error: unknown; onRetry(): void }) {
  const { filter, error } = props
  const { t } = useTranslation('notifications')
  if (error !== null) {
    return (
      <div className="p-4">
        <ErrorState error={error} onRetry={props.onRetry} />
      </div>
    )
  }
  if (props.unseen) return <EmptyState icon={CloudOff} title={t('empty.unseen')} text={t('empty.unseenText')} />
  if (filter.view === 'snoozed')
    return <EmptyState icon={Moon} title={t('empty.snoozed')} text={t('empty.snoozedText')} />
  if (filter.view === 'archived') {
    return <EmptyState icon={Archive} title={t('empty.archived')} text={t('empty.archivedText')} />
  }
  if (filter.unread) return <EmptyState icon={CheckCheck} title={t('empty.unread')} text={t('empty.unreadText')} />
  const narrowed = filter.tab !== everything.tab || filter.kind !== null
  return narrowed ? (
    <EmptyState icon={BellOff} title={t('empty.tab')} text={t('empty.tabText')} />
  ) : (
    <EmptyState icon={CheckCheck} title={t('empty.inbox')} text={t('empty.inboxText')} />
  )
}
