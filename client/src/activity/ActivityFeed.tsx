import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { History } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocuments } from '../documents/index.ts'
import { Button, EmptyState, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { useMembers } from '../workspaces/index.ts'
import { ActivityList } from './ActivityList.tsx'
import './catalogue.ts'
import { FeedWindow } from './FeedWindow.tsx'
import type { Filter } from './filter.ts'
import { namesOf } from './names.ts'
import { OpenSpells } from './OpenSpells.tsx'
import type { Editing } from './openSpells.ts'
import { useActivity } from './useActivity.ts'
import { useOpenSpells } from './useOpenSpells.ts'

const nobody: readonly Editing[] = []

/** A history as it is shown: its entries, what is about to become one, and what their ids stand for. */
export function useFeed(workspaceId: WorkspaceId, filter: Filter, here = nobody) {
  const activity = useActivity(workspaceId, filter)
  const spells = useOpenSpells(workspaceId, filter, activity.entries, here)
  const { data: members } = useMembers(workspaceId)
  const { data: documents } = useDocuments(workspaceId)
  const names = useMemo(
    () => namesOf(activity.pages ?? [], members ?? [], documents ?? []),
    [activity.pages, members, documents],
  )
  // What is not among the documents may not be seen any more.
  const shown = spells.filter(({ documentId }) => names.document(documentId) !== null)
  return { activity, spells: shown, names, members: members ?? [] }
}

/** What happened, the newest first, and what happens now; older entries as one comes near the end. */
export function ActivityFeed(props: {
  workspaceId: WorkspaceId
  feed: ReturnType<typeof useFeed>
  /** Of the days; parts of a day are one below. */
  heading: 'h2' | 'h3'
  /** The document that all of it is about, and whose title need not be said again. */
  within: DocumentId | null
  onOnly?(documentId: DocumentId): void
  /** Where the filter lets nothing through. */
  nothing?: ReactNode
}) {
  const { feed, workspaceId } = props
  const { t } = useTranslation('activity')
  const { entries, windows, isError, isPending, ...query } = feed.activity
  return (
    <>
      {windows.audiences.map((id) => (
        <FeedWindow key={id} audienceId={id} show={windows.show} onReturn={windows.onReturn} />
      ))}
      <OpenSpells
        spells={feed.spells}
        workspaceId={workspaceId}
        names={feed.names}
        heading={props.heading}
        within={props.within}
      />
      {isError && entries.length > 0 && <p className="text-muted text-sm">{t('offline')}</p>}
      {entries.length > 0 ? (
        <ActivityList
          entries={entries}
          workspaceId={workspaceId}
          names={feed.names}
          heading={props.heading}
          within={props.within}
          {...(props.onOnly && { onOnly: props.onOnly })}
        />
      ) : isPending ? (
        <Loading>
          <Skeleton className="mt-4 h-11" />
        </Loading>
      ) : isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.hasNextPage || feed.spells.length > 0 ? null : (
        (props.nothing ?? (
          <EmptyState icon={History} title={t('empty')} text={t('emptyText')} heading={props.heading} />
        ))
      )}
      {query.hasNextPage && <Older busy={query.isFetchingNextPage} load={query.fetchNextPage} />}
    </>
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
      // What scrolls must be named: it cuts off all that is outside of it, whatever the margin.
      { root: end.current.closest('[data-scrolls], main'), rootMargin: '600px' },
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
