import type { QueryClient } from '@tanstack/react-query'
import type { UserId } from '@weft/shared/kit'
import { useEffect, useState } from 'react'
import { useSession } from '../auth/index.ts'
import { createQueryClient } from '../kit/queryCache.ts'
import { OfflineStore } from '../offline/index.ts'
import { keptLists } from './keptLists.ts'

interface Lists {
  client: QueryClient
  /** Where this person's lists stay between pages. */
  store: OfflineStore
}

/** One person's lists, as they were last seen here until the server answers; null for the moment that reading takes. */
export function useLists(userId: UserId): Lists | null {
  const { check } = useSession()
  const [lists, setLists] = useState<Lists | null>(null)
  useEffect(() => {
    const store = new OfflineStore(userId)
    let ended = false
    let stop = () => {}
    void createQueryClient(store, keptLists, () => void check()).then((made) => {
      if (ended) return made.stop()
      stop = made.stop
      setLists({ client: made.client, store })
    })
    return () => {
      ended = true
      stop()
      store.close()
    }
  }, [userId, check])
  return lists
}
