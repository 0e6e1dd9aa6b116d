import type { WorkspaceId } from '@weft/shared/kit'
import type { ComponentType } from 'react'
import { Bar } from './Bar.tsx'
import { useRouteIds } from './useRouteIds.ts'

export function EmbeddingRoute({ EmbeddingPage }: { EmbeddingPage: ComponentType<{ workspaceId: WorkspaceId }> }) {
  const { workspaceId } = useRouteIds()
  if (workspaceId === null) return null
  return (
    <>
      <Bar>{null}</Bar>
      <EmbeddingPage workspaceId={workspaceId} />
    </>
  )
}
