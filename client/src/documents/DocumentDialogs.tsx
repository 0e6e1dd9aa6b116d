import type { WorkspaceId } from '@weft/shared/kit'
import { lazy, Suspense } from 'react'
import { orNothing } from '../kit/orNothing.ts'
import { showDocumentDialog, useDocumentDialog } from './documentDialog.ts'
import { useAllDocuments } from './queries.ts'

const IconDialog = lazy(() => orNothing(async () => (await import('./IconDialog.tsx')).IconDialog))

const close = (): void => showDocumentDialog(null)

/** The window about a document that a menu has asked for. Once in the frame of a workspace. */
export function DocumentDialogs({ workspaceId }: { workspaceId: WorkspaceId }) {
  const shown = useDocumentDialog()
  const { data: documents } = useAllDocuments(workspaceId)
  const document = shown === null ? undefined : documents?.find(({ id }) => id === shown.documentId)
  if (shown === null || document === undefined) return null
  return (
    <Suspense>
      <IconDialog document={document} onClose={close} />
    </Suspense>
  )
}
