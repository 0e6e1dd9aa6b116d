import { useQueryClient } from '@tanstack/react-query'
import { WeftError } from '@weft/shared/kit'
import { useEffect } from 'react'
import { documentsKey } from '../documents/index.ts'
import { api, whenIdle } from '../kit/index.ts'
import { useLive } from '../live/index.ts'
import { loadKeeping, type OfflineStore } from '../offline/index.ts'

/** Keeps on this device what its person wants there; starts when the page has nothing better to do. */
export function useKeeping(store: OfflineStore): void {
  const live = useLive()
  const client = useQueryClient()
  useEffect(() => {
    let stop = () => {}
    const start = async () => {
      const startKeeping = await loadKeeping()
      if (ended) return
      const keeping = startKeeping({
        live,
        store,
        listDocuments: (workspaceId) =>
          client
            .fetchQuery({ queryKey: documentsKey(workspaceId), queryFn: () => api.documents.list({ workspaceId }) })
            .catch((error: unknown) => (error instanceof WeftError && error.reaction === 'fatal' ? 'gone' : null)),
      })
      const unsubscribe = client.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.query.queryKey[0] === 'documents' && event.action.type === 'success')
          keeping.wake()
      })
      stop = () => {
        unsubscribe()
        keeping.end()
      }
    }
    let ended = false
    // Without its code nothing is kept in this page; the next one tries again.
    const callOff = whenIdle(() => void start().catch(() => undefined))
    return () => {
      ended = true
      callOff()
      stop()
    }
  }, [live, store, client])
}
