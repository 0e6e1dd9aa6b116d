import { useMutation } from '@tanstack/react-query'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useTranslation } from 'react-i18next'
import { api, Button, toastProblem } from '../kit/index.ts'

/** Asks those who can share a document, whether there is one or not: the answer tells nothing. */
export function AskForAccess({ workspaceId, documentId }: { workspaceId: WorkspaceId; documentId: DocumentId }) {
  const { t } = useTranslation('documents')
  const ask = useMutation({
    mutationFn: () => api.documents.askAccess({ workspaceId, documentId }),
    onError: toastProblem,
  })
  if (ask.isSuccess) {
    return (
      <p role="status" className="basis-full text-muted text-sm">
        {t('state.asked')}
      </p>
    )
  }
  return (
    <Button look="primary" busy={ask.isPending} onClick={() => ask.mutate()}>
      {t('state.ask')}
    </Button>
  )
}
