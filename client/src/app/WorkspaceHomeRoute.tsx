import { WorkspaceHome } from '../documents/index.ts'
import { Bar } from './Bar.tsx'
import { useRouteIds } from './useRouteIds.ts'

export function WorkspaceHomeRoute() {
  const { workspaceId } = useRouteIds()
  if (workspaceId === null) return null
  return (
    <>
      <Bar>{null}</Bar>
      <WorkspaceHome workspaceId={workspaceId} />
    </>
  )
}
