import type { WorkspaceId } from '@weft/shared/kit'
import { SearchX } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Button, EmptyState } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { ActivityFeed, useFeed } from './ActivityFeed.tsx'
import { ActivityFilters } from './ActivityFilters.tsx'
import './catalogue.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { everything, type Filter, readFilter, writeFilter } from './filter.ts'

/** What happened in a workspace, and what happens in it now, as far as one may see it. */
export function ActivityPage({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('activity')
  const [params, setParams] = useSearchParams()
  const filter = useMemo(() => readFilter(params), [params])
  const change = useCallback((next: Filter) => setParams(writeFilter(next), { replace: true }), [setParams])
  const feed = useFeed(workspaceId, filter)
  usePageTitle(t('title'))
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-8">
      <div className="mb-4 flex items-center justify-between gap-4">
        <h1 className="font-semibold text-2xl">{t('title')}</h1>
        <ExportMenu workspaceId={workspaceId} filter={filter} />
      </div>
      <ActivityFilters filter={filter} members={feed.members} names={feed.names} onChange={change} />
      <ActivityFeed
        workspaceId={workspaceId}
        feed={feed}
        heading="h2"
        within={null}
        onOnly={(document) => change({ ...filter, document })}
        {...(writeFilter(filter).size > 0 && {
          nothing: (
            <EmptyState icon={SearchX} title={t('nothing')} text={t('nothingText')}>
              <Button onClick={() => change(everything)}>{t('clear')}</Button>
            </EmptyState>
          ),
        })}
      />
    </div>
  )
}
