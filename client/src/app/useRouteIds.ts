import { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useParams } from 'react-router'

/** The ids in the address; null for what is none. */
export function useRouteIds(): { workspaceId: WorkspaceId | null; documentId: DocumentId | null } {
  const params = useParams()
  return {
    workspaceId: WorkspaceId.safeParse(params.workspaceId).data ?? null,
    documentId: DocumentId.safeParse(params.documentId).data ?? null,
  }
}
