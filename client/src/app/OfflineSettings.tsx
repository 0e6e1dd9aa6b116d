import { useQueries } from '@tanstack/react-query'
import { Suspense } from 'react'
import { documentsKey } from '../documents/index.ts'
import { api, Loading, Skeleton } from '../kit/index.ts'
import { DeviceSection } from '../offline/index.ts'
import { useWorkspaces } from '../workspaces/index.ts'

/** What is on this device, workspace by workspace. */
export function OfflineSettings() {
  const { data: workspaces = [] } = useWorkspaces()
  const lists = useQueries({
    queries: workspaces.map(({ id }) => ({
      queryKey: documentsKey(id),
      queryFn: () => api.documents.list({ workspaceId: id }),
    })),
  })
  const places = workspaces.map((workspace, index) => ({ workspace, documents: lists[index]?.data ?? [] }))
  return (
    <Suspense
      fallback={
        <Loading>
          <Skeleton className="h-24" />
        </Loading>
      }
    >
      <DeviceSection places={places} />
    </Suspense>
  )
}
