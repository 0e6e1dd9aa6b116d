import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { toastProblem } from '../../kit/index.ts'
import { useLive } from '../../live/index.ts'
import { DocumentPictures } from './Pictures.ts'

/** The pictures of a document, for as long as it is shown. */
export function useDocumentPictures(workspaceId: WorkspaceId, documentId: DocumentId): DocumentPictures {
  const { t } = useTranslation('pictures')
  const live = useLive()
  const pictures = useMemo(
    () =>
      new DocumentPictures({
        live,
        workspaceId,
        documentId,
        refused: (problem, name) => toast.error(t(`refused.${problem}`, { name })),
        failed: toastProblem,
      }),
    [live, workspaceId, documentId, t],
  )
  useEffect(() => pictures.start(), [pictures])
  return pictures
}
