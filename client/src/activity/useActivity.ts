import { useInfiniteQuery } from '@tanstack/react-query'
import type { WorkspaceId } from '@weft/shared/kit'
import { useCallback, useMemo, useState } from 'react'
import type { WindowView } from '../live/index.ts'
import { activityApi } from './api.ts'
import { type Filter, startOfToday, toQuery } from './filter.ts'
import { mergeEntries } from './merge.ts'

/** A page keeps so many windows open at most; what is in the others is seen when it is opened anew. */
const mostWindows = 8
/** Who has no window, such as a guest, asks again this often; ms. */
const askEvery = 30_000

/** The history of a workspace as far as it was read, with what happens while one looks. */
export function useActivity(workspaceId: WorkspaceId, filter: Filter) {
  const [today] = useState(startOfToday)
  const [views, setViews] = useState<ReadonlyMap<string, WindowView>>(new Map())
  const asked = toQuery(filter, today)
  const query = useInfiniteQuery({
    queryKey: ['activity', workspaceId, asked],
    queryFn: ({ pageParam }) => activityApi.list({ workspaceId, ...asked, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.audiences.length === 0 ? askEvery : false),
  })
  const { data, refetch } = query
  const show = useCallback((audienceId: string, view: WindowView | null) => {
    setViews((before) => {
      const after = new Map(before)
      if (view === null) after.delete(audienceId)
      else after.set(audienceId, view)
      return after
    })
  }, [])
  const onReturn = useCallback(() => void refetch(), [refetch])
  const pages = data?.pages
  const read = useMemo(
    () => ({ entries: pages?.flatMap((page) => page.entries) ?? [], more: pages?.at(-1)?.next !== null }),
    [pages],
  )
  // A page that cannot be read shows what was seen last.
  const known = useMemo(
    () => (pages === undefined ? { entries: [], more: !query.isError } : read),
    [pages, read, query.isError],
  )
  const entries = useMemo(() => mergeEntries(known, views.values(), filter), [known, views, filter])
  const audiences = (pages?.[0]?.audiences ?? [workspaceId]).slice(0, mostWindows)
  return { ...query, entries, pages, windows: { audiences, show, onReturn } }
}
