import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Person } from '@weft/shared/auth'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { markLimit, type Notification, type NotificationNames, newestFirst } from '@weft/shared/notifications'
import { useEffect, useMemo } from 'react'
import { notificationsApi } from './api.ts'
import type { KnownName } from './knownName.ts'

/** Undefined: not known, and not among what one may see, or still asked for. */
export interface Names {
  document(id: DocumentId): string | undefined
  workspace(id: WorkspaceId): string | undefined
  person(id: UserId): Person | undefined
  /** The server has not answered yet, so that what is missing may still come. */
  asking: boolean
}

export const listOf = ({ documents, workspaces, people }: NotificationNames): KnownName[] => [
  ...documents.map(({ id, title }) => ({ type: 'document' as const, id, name: title })),
  ...workspaces.map(({ id, name }) => ({ type: 'workspace' as const, id, name })),
  ...people.map((person) => ({ type: 'person' as const, ...person })),
]

export function namesIn(known: readonly KnownName[], asking: boolean): Names {
  const find = <T extends KnownName['type']>(type: T) =>
    new Map(known.flatMap((one) => (one.type === type ? [[one.id, one as Extract<KnownName, { type: T }>]] : [])))
  const [documents, workspaces, people] = [find('document'), find('workspace'), find('person')]
  return {
    document: (id) => documents.get(id)?.name,
    workspace: (id) => workspaces.get(id)?.name,
    person: (id) => people.get(id),
    asking,
  }
}

export const namesKey = ['notification-names'] as const

/** What rows speak of, by the names of today; as last seen without a connection. `more`: names that came with pages. */
export function useNames(
  rows: readonly Notification[],
  seq: number | null,
  more: readonly NotificationNames[] = [],
): Names {
  const client = useQueryClient()
  const ids = rows
    .toSorted(newestFirst)
    .slice(0, markLimit)
    .map(({ id }) => id)
  const { data, isFetching } = useQuery({
    queryKey: namesKey,
    queryFn: async () => listOf(await notificationsApi.notifications.names({ ids })),
    // What is known stays known until there is something to ask about.
    enabled: ids.length > 0,
    refetchOnMount: 'always',
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has just come may be about something new
  useEffect(() => void client.invalidateQueries({ queryKey: namesKey }), [client, seq])
  return useMemo(
    () => namesIn([...more.flatMap(listOf), ...(data ?? [])], data === undefined || isFetching),
    [more, data, isFetching],
  )
}
