import type { RemovedDocument } from '@weft/shared/documents'
import type { WorkspaceId } from '@weft/shared/kit'
import { FileText, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { Button, EmptyState, ErrorState, Loading, Skeleton, toastProblem } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { useRestoreDocument, useTrash } from './queries.ts'
import { sinceWhen } from './sinceWhen.ts'

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
  const restore = useRestoreDocument(document.workspaceId)
  const title = document.title || t('untitled')
  const bringBack = async () => {
    // Not by the mutation's callbacks: the row is gone from the list before they would run.
    try {
      await restore.mutateAsync(document.id)
      toast.success(t('trash.restored', { title }))
    } catch (error) {
      toastProblem(error)
    }
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
      <Button
        size="sm"
        aria-label={t('trash.restoreOf', { title })}
        busy={restore.isPending}
        onClick={() => void bringBack()}
      >
        {t('trash.restore')}
      </Button>
    </li>
  )
}
