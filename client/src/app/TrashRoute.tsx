import type { loadTrashPage } from '../documents/index.ts'
import { Bar } from './Bar.tsx'
import { useRouteIds } from './useRouteIds.ts'

export function TrashRoute({ TrashPage }: { TrashPage: Awaited<ReturnType<typeof loadTrashPage>> }) {
  const { workspaceId } = useRouteIds()
  if (workspaceId === null) return null
  return (
    <>
      <Bar>{null}</Bar>
      <TrashPage workspaceId={workspaceId} />
    </>
  )
}
