import type { RemovedDocument } from '@weft/shared/documents'
import type { WorkspaceId } from '@weft/shared/kit'
import { FileText, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { Button, EmptyState, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { sinceWhen } from '../kit/sinceWhen.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { useTrash } from './queries.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** What was removed, and the way back. */
export function TrashPage({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('documents')
  const trash = useTrash(workspaceId)
  usePageTitle(t('trash.title'))
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-8">
      <h1 className="mb-4 font-semibold text-2xl">{t('trash.title')}</h1>
      {trash.data === undefined ? (
        trash.isError ? (
          <ErrorState error={trash.error} onRetry={() => void trash.refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-11" />
          </Loading>
        )
      ) : trash.data.length === 0 ? (
        <div className="rounded-xl border border-line border-dashed">
          <EmptyState icon={Trash2} title={t('trash.empty')} text={t('trash.emptyText')} />
        </div>
      ) : (
        <ul className="divide-y divide-line border-line border-y" data-testid="trash">
          {trash.data.map((document) => (
            <TrashRow key={document.id} document={document} />
          ))}
        </ul>
      )}
    </div>
  )
}

function TrashRow({ document }: { document: RemovedDocument }) {
  const { t, i18n } = useTranslation('documents')
  const { restore } = useDocumentCommands(document.workspaceId)
  const title = document.title || t('untitled')
  const bringBack = async () => {
    if (await restore(document)) toast.success(t('trash.restored', { title }))
  }
  return (
    <li className="flex min-h-12 items-center gap-3 px-1 py-2">
      <FileText size={16} aria-hidden className="shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm">{title}</p>
        <p className="text-muted text-xs">
          {t('trash.removed', { when: sinceWhen(document.removedAt, Date.now(), i18n.language) })}
        </p>
      </div>
      <Button size="sm" aria-label={t('trash.restoreOf', { title })} onClick={() => void bringBack()}>
        {t('trash.restore')}
      </Button>
    </li>
  )
}
