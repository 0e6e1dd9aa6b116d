import { MembersPage } from '../workspaces/index.ts'
import { Bar } from './Bar.tsx'
import { useRouteIds } from './useRouteIds.ts'

export function MembersRoute() {
  const { workspaceId } = useRouteIds()
  if (workspaceId === null) return null
  return (
    <>
      <Bar>{null}</Bar>
      <MembersPage workspaceId={workspaceId} />
    </>
  )
}
