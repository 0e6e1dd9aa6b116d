import { useQuery } from '@tanstack/react-query'
import type { WorkspaceId } from '@weft/shared/kit'
import type { SearchFilter } from '@weft/shared/search'
import { useEffect, useState } from 'react'
import { searchApi } from './api.ts'

/** Until a word that is being typed is looked for; ms. */
const pause = 120
const shown = 20

/** What the server finds in titles and texts, a moment behind the typing. */
export function useHits(workspaceId: WorkspaceId, query: string, filter: SearchFilter, enabled: boolean) {
  const wanted = query.trim()
  const [asked, setAsked] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pause)
    return () => clearTimeout(timer)
  }, [wanted])
  const { data, error, isFetching } = useQuery({
    queryKey: ['search', workspaceId, asked, filter],
    queryFn: ({ signal }) => searchApi.documents({ ...filter, workspaceId, query: asked, limit: shown }, { signal }),
    enabled: enabled && asked !== '',
    // What was found for fewer letters stays until the answer is here: a list that empties with each key flickers. What
    // another filter let through does not.
    placeholderData: (before, query) =>
      JSON.stringify(query?.queryKey[3]) === JSON.stringify(filter) ? before : undefined,
    staleTime: 5_000,
    retry: false,
  })
  const isBehind = asked !== wanted || isFetching
  return { hits: wanted === '' || !enabled ? [] : (data?.hits ?? []), error, isBehind: enabled && isBehind }
}
