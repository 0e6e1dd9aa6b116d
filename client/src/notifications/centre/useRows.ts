import { useInfiniteQuery } from '@tanstack/react-query'
import { cursorAfter, type Notification, type NotificationNames, newestFirst } from '@weft/shared/notifications'
import { windowEntries } from '@weft/shared/sync'
import { useEffect, useMemo, useState } from 'react'
import { useOutbox } from '../../live/index.ts'
import { notificationsApi } from '../api.ts'
import { notShownIn, withMarks } from '../inboxState.ts'
import type { Inbox } from '../useInbox.ts'
import { accepts, type Filter, isAmong, kindsOf } from './filter.ts'
import { StillOrder } from './StillOrder.ts'

export const pagesKey = ['notification-pages'] as const
const pageSize = 100
/** The first page begins so many rows above the window's end: as many may come before there is a gap. */
const overlap = 100

export interface Rows {
  rows: Notification[]
  /** How many new ones wait above. */
  fresh: number
  takeIn(): void
  /** What the rows that are not in the window speak of. */
  names: readonly NotificationNames[]
  older: { state: 'none' | 'more' | 'loading' | 'failed'; error: unknown; load(): void }
  /** Nothing is known yet. */
  asking: boolean
}

const beginning = (inWindow: readonly Notification[]): Notification | null =>
  inWindow.at(-Math.min(overlap, inWindow.length)) ?? null

/** The rows that are looked at: those of the window, and below it older ones by page; what was put away is by page alone. */
export function useRows(inbox: Inbox, filter: Filter): Rows {
  const commands = useOutbox()
  const inWindow = useMemo(() => [...inbox.rows.values()].toSorted(newestFirst), [inbox.rows])
  const last = inWindow.at(-1)
  const byPage = filter.view !== 'inbox'
  const [edge, setEdge] = useState<Notification | null>(null)
  // The window has gone on past where the pages began.
  if (edge !== null && last !== undefined && newestFirst(last, edge) < 0) setEdge(beginning(inWindow))
  const kinds = kindsOf(filter)
  const query = useInfiniteQuery({
    queryKey: [...pagesKey, filter.view, kinds?.join(), filter.unread, byPage ? null : edge?.id],
    queryFn: ({ pageParam }) =>
      notificationsApi.notifications.list({
        view: filter.view,
        limit: pageSize,
        ...(filter.unread ? { unread: 'true' as const } : {}),
        ...(kinds === undefined ? {} : { kinds: kinds.join() }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: byPage || edge === null ? null : cursorAfter(edge),
    getNextPageParam: ({ next }) => next,
    enabled: byPage || edge !== null,
    placeholderData: (before) => before,
    refetchOnMount: 'always',
  })
  const { data, refetch } = query
  // What was put away here or elsewhere is asked for again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new sequence says that something has changed
  useEffect(() => {
    if (byPage) void refetch()
  }, [byPage, refetch, inbox.seq])

  const rows = useMemo(() => {
    const isBelow = (row: Notification) => byPage || (last !== undefined && newestFirst(last, row) < 0)
    const older = (data?.pages ?? []).flatMap((page) =>
      withMarks(page.notifications, notShownIn(commands, page.seq)).filter(isBelow),
    )
    const all = new Map([...older, ...inWindow].map((row) => [row.id, row]))
    return [...all.values()].filter((row) => isAmong(filter, row))
  }, [data, commands, inWindow, last, byPage, filter])

  // What was last seen here may be old: the order stays still from the server's first word on.
  const [heard, setHeard] = useState(inbox.live)
  if (inbox.live && !heard) setHeard(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked at anew is put in order anew
  const order = useMemo(() => new StillOrder(), [filter, heard])
  const [, setTaken] = useState(0)
  const accepting = (row: Notification) => accepts(filter, row)
  const { shown, fresh } = order.arrange(rows, accepting)

  const mayHaveOlder = byPage ? query.hasNextPage : edge === null ? inWindow.length >= windowEntries : query.hasNextPage
  return {
    rows: shown,
    fresh,
    takeIn: () => {
      order.takeIn(rows, accepting)
      setTaken((times) => times + 1)
    },
    names: useMemo(() => (data?.pages ?? []).map(({ names }) => names), [data]),
    older: {
      state:
        query.isFetchingNextPage || (query.isLoading && query.fetchStatus !== 'idle')
          ? 'loading'
          : query.isError
            ? 'failed'
            : mayHaveOlder
              ? 'more'
              : 'none',
      error: query.error,
      load: () => {
        if (query.isError) void (query.data === undefined ? query.refetch() : query.fetchNextPage())
        else if (!byPage && edge === null) setEdge(beginning(inWindow))
        else if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
      },
    },
    asking: byPage ? query.isLoading : inbox.seq === null,
  }
}
