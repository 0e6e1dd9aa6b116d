import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { type ComponentType, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { loadActivityPanel } from '../activity/index.ts'
import { loadBacklinksPanel, useAllDocuments } from '../documents/index.ts'
import { closePanel, Loading, type PanelName, Skeleton, useShownPanel } from '../kit/index.ts'
import { orNothing } from '../kit/orNothing.ts'
import { SidePanel } from '../kit/SidePanel.tsx'
import { useWider } from './useWide.ts'

/** What a panel is told; its title is `panel.<name>` in the frame's words. */
interface PanelProps {
  workspaceId: WorkspaceId
  documentId: DocumentId
}

/** Each is loaded when it is first opened. */
const panels: Readonly<Record<PanelName, ComponentType<PanelProps>>> = {
  activity: lazy(() => orNothing(loadActivityPanel)),
  links: lazy(() => orNothing(loadBacklinksPanel)),
  outline: lazy(() => orNothing(async () => (await import('../editor/index.ts')).OutlinePanel)),
}

/** The one panel that is open at the side of the open document. */
export function DocumentPanel({ workspaceId, documentId }: PanelProps) {
  const { t } = useTranslation('app')
  const { name, opener } = useShownPanel()
  const beside = useWider()
  const { data: documents } = useAllDocuments(workspaceId)
  // Of a document that is not there, or not any more, there is nothing to tell.
  if (name === null || !documents?.some(({ id }) => id === documentId)) return null
  const Panel = panels[name]
  return (
    <SidePanel title={t(`panel.${name}`)} beside={beside} opener={opener} onClose={closePanel}>
      <Suspense fallback={<PanelSkeleton />}>
        <Panel key={documentId} workspaceId={workspaceId} documentId={documentId} />
      </Suspense>
    </SidePanel>
  )
}

const PanelSkeleton = () => (
  <Loading>
    <div className="flex flex-col gap-3 pt-4">
      <Skeleton className="h-8" />
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
    </div>
  </Loading>
)
