import type { loadArchivePage } from '../documents/index.ts'
import { Bar } from './Bar.tsx'
import { useRouteIds } from './useRouteIds.ts'

export function ArchiveRoute({ ArchivePage }: { ArchivePage: Awaited<ReturnType<typeof loadArchivePage>> }) {
  const { workspaceId } = useRouteIds()
  if (workspaceId === null) return null
  return (
    <>
      <Bar>{null}</Bar>
      <ArchivePage workspaceId={workspaceId} />
    </>
  )
}
