import { DocumentId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { toastProblem } from '../kit/index.ts'
import { useLive } from '../live/index.ts'
import { TypeAhead } from './TypeAhead.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** Makes a document that can be written into at once; the server hears of it beside, and later when offline. */
export function useCreateDocument(workspaceId: WorkspaceId): (parentId?: DocumentId | null) => void {
  const live = useLive()
  const navigate = useNavigate()
  const { create } = useDocumentCommands(workspaceId)
  const { t } = useTranslation('documents')
  return useCallback(
    (parentId: DocumentId | null = null) => {
      const id = DocumentId.parse(randomId())
      const typeAhead = new TypeAhead(id, t('create'))
      const open = async () => {
        await live.createLocal(id, 'rich')
        if (!(await create(id, parentId))) typeAhead.end()
        else await navigate(`/w/${workspaceId}/d/${id}`)
      }
      open().catch((error: unknown) => {
        typeAhead.end()
        toastProblem(error)
      })
    },
    [live, navigate, create, workspaceId, t],
  )
}
