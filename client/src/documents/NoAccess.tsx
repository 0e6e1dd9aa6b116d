import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { FileQuestion, ShieldX, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, EmptyState } from '../kit/index.ts'
import { AskForAccess } from './AskForAccess.tsx'
import { useTrash } from './queries.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

export interface NoAccessProps {
  workspaceId: WorkspaceId
  documentId: DocumentId
  closed: 'access-removed' | 'not-found'
  heading: 'h1' | 'h2'
  home: ReactNode
}

/** Why there is no text. A channel tells the trash from a right taken away by nothing; the list of the trash does. */
export function NoAccess({ workspaceId, documentId, closed, heading, home }: NoAccessProps) {
  const { t } = useTranslation('documents')
  const { data: trash } = useTrash(workspaceId)
  const { restore } = useDocumentCommands(workspaceId)
  const removed = trash?.find(({ id }) => id === documentId)
  if (removed !== undefined) {
    return (
      <EmptyState heading={heading} icon={Trash2} title={t('state.inTrash')} text={t('state.inTrashText')}>
        <Button onClick={() => void restore(removed)}>{t('trash.restore')}</Button>
        {home}
      </EmptyState>
    )
  }
  return closed === 'access-removed' ? (
    <EmptyState heading={heading} icon={ShieldX} title={t('state.removed')} text={t('state.removedText')}>
      <AskForAccess workspaceId={workspaceId} documentId={documentId} />
      {home}
    </EmptyState>
  ) : (
    <EmptyState heading={heading} icon={FileQuestion} title={t('state.notFound')} text={t('state.notFoundText')}>
      <AskForAccess workspaceId={workspaceId} documentId={documentId} />
      {home}
    </EmptyState>
  )
}
