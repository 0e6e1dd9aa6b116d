import type { loadDocumentPage } from '../documents/index.ts'
import { Bar } from './Bar.tsx'
import { NotFoundPage } from './ErrorPage.tsx'
import { useRouteIds } from './useRouteIds.ts'

export function DocumentRoute({ DocumentPage }: { DocumentPage: Awaited<ReturnType<typeof loadDocumentPage>> }) {
  const { workspaceId, documentId } = useRouteIds()
  if (workspaceId === null || documentId === null) return <NotFoundPage within />
  return <DocumentPage key={documentId} workspaceId={workspaceId} documentId={documentId} Bar={Bar} />
}
