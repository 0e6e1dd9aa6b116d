import type { loadActivityPage } from '../activity/index.ts'
import { Bar } from './Bar.tsx'
import { useRouteIds } from './useRouteIds.ts'

export function ActivityRoute({ ActivityPage }: { ActivityPage: Awaited<ReturnType<typeof loadActivityPage>> }) {
  const { workspaceId } = useRouteIds()
  if (workspaceId === null) return null
  return (
    <>
      <Bar>{null}</Bar>
      <ActivityPage workspaceId={workspaceId} />
    </>
  )
}
