import { useAccount } from '../auth/index.ts'
import { WorkspaceHome } from '../documents/index.ts'
import { recentDocuments } from '../search/index.ts'
import { Bar } from './Bar.tsx'
import { useRouteIds } from './useRouteIds.ts'

export function WorkspaceHomeRoute() {
  const { workspaceId } = useRouteIds()
  const { id } = useAccount()
  if (workspaceId === null) return null
  return (
    <>
      <Bar>{null}</Bar>
      <WorkspaceHome workspaceId={workspaceId} opened={recentDocuments(id, workspaceId)} />
    </>
  )
}
