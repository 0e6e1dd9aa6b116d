import type { WorkspaceId } from '@weft/shared/kit'
import { History, SearchX } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useDocuments } from '../documents/index.ts'
import { Button, EmptyState, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { useMembers } from '../workspaces/index.ts'
import { ActivityFilters } from './ActivityFilters.tsx'
import { ActivityList } from './ActivityList.tsx'
import './catalogue.ts'
import { FeedWindow } from './FeedWindow.tsx'
import { type Filter, readFilter, writeFilter } from './filter.ts'
import { namesOf } from './names.ts'
import { useActivity } from './useActivity.ts'

/** What happened in a workspace, and what happens in it now, as far as one may see it. */
export function ActivityPage({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('activity')
  const [params, setParams] = useSearchParams()
  const filter = useMemo(() => readFilter(params), [params])
  const change = useCallback((next: Filter) => setParams(writeFilter(next), { replace: true }), [setParams])
  const activity = useActivity(workspaceId, filter)
  const { data: members } = useMembers(workspaceId)
  const { data: documents } = useDocuments(workspaceId)
  const names = useMemo(
    () => namesOf(activity.pages ?? [], members ?? [], documents ?? []),
    [activity.pages, members, documents],
  )
  usePageTitle(t('title'))
  const { entries, windows, isError, isPending } = activity
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-8">
      <h1 className="mb-4 font-semibold text-2xl">{t('title')}</h1>
      {windows.audiences.map((id) => (
        <FeedWindow key={id} audienceId={id} show={windows.show} onReturn={windows.onReturn} />
      ))}
      <ActivityFilters filter={filter} members={members ?? []} names={names} onChange={change} />
      {isError && entries.length > 0 && <p className="text-muted text-sm">{t('offline')}</p>}
      {entries.length > 0 ? (
        <ActivityList
          entries={entries}
          workspaceId={workspaceId}
          names={names}
          onOnly={(document) => change({ ...filter, document })}
        />
      ) : isPending ? (
        <Loading>
          <Skeleton className="h-11" />
        </Loading>
      ) : isError ? (
        <ErrorState error={activity.error} onRetry={() => void activity.refetch()} />
      ) : activity.hasNextPage ? null : writeFilter(filter).size === 0 ? (
        <EmptyState icon={History} title={t('empty')} text={t('emptyText')} />
      ) : (
        <EmptyState icon={SearchX} title={t('nothing')} text={t('nothingText')}>
          <Button onClick={() => setParams({}, { replace: true })}>{t('clear')}</Button>
        </EmptyState>
      )}
      {activity.hasNextPage && <Older busy={activity.isFetchingNextPage} load={activity.fetchNextPage} />}
    </div>
  )
}

/** Loads older entries as one comes near the end, and by a press for those who do not scroll. */
function Older({ busy, load }: { busy: boolean; load(): unknown }) {
  const { t } = useTranslation('activity')
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (busy || end.current === null) return
    const seen = new IntersectionObserver(
      (seenNow) => {
        if (seenNow.some((one) => one.isIntersecting)) load()
      },
      { rootMargin: '600px' },
    )
    seen.observe(end.current)
    return () => seen.disconnect()
  }, [busy, load])
  return (
    <div ref={end} className="py-4">
      <Button size="sm" onClick={() => load()} disabled={busy}>
        {t(busy ? 'loadingMore' : 'more')}
      </Button>
    </div>
  )
}
