import { mayManage, type RemovedDocument, trashDays } from '@weft/shared/documents'
import type { WorkspaceId } from '@weft/shared/kit'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { AlertDialog, Button, EmptyState, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { sinceWhen } from '../kit/sinceWhen.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { DocumentMark } from './DocumentMark.tsx'
import { useEmptyTrash, usePurge, useTrash } from './queries.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

const day = 24 * 3_600_000

/** What was removed, the way back, and the end of it. */
export function TrashPage({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('documents')
  const trash = useTrash(workspaceId)
  const mayEmpty = trash.data?.some(({ role }) => mayManage(role)) ?? false
  usePageTitle(t('trash.title'))
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-8">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-2xl">{t('trash.title')}</h1>
        {mayEmpty && <EmptyTrash workspaceId={workspaceId} />}
      </div>
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

function EmptyTrash({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('documents')
  const [asked, setAsked] = useState(false)
  const empty = useEmptyTrash(workspaceId)
  const start = () =>
    empty.mutate(undefined, {
      onSuccess: ({ purged }) => toast.success(t('trash.emptied', { count: purged })),
      onSettled: () => setAsked(false),
    })
  return (
    <>
      <Button size="sm" onClick={() => setAsked(true)}>
        {t('trash.emptyAll')}
      </Button>
      <AlertDialog
        open={asked}
        onOpenChange={setAsked}
        title={t('trash.sureAll')}
        description={t('trash.sureAllText')}
        action={t('trash.emptyAll')}
        danger
        busy={empty.isPending}
        onAction={start}
      />
    </>
  )
}

function TrashRow({ document }: { document: RemovedDocument }) {
  const { t, i18n } = useTranslation('documents')
  const { restore } = useDocumentCommands(document.workspaceId)
  const [asked, setAsked] = useState(false)
  const purge = usePurge(document)
  const title = document.title || t('untitled')
  const bringBack = async () => {
    if (await restore(document)) toast.success(t('trash.restored', { title }))
  }
  const start = () =>
    purge.mutate(undefined, {
      onSuccess: () => toast.success(t('trash.purged', { title })),
      onSettled: () => setAsked(false),
    })
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-1 py-2">
      <DocumentMark icon={document.icon} />
      <div className="min-w-40 flex-1">
        <p className="truncate text-sm">{title}</p>
        <p className="text-muted text-xs">
          {t('trash.removed', { when: sinceWhen(document.removedAt, Date.now(), i18n.language) })}
          {' · '}
          {t('trash.until', { date: date.format(document.removedAt + trashDays * day) })}
        </p>
      </div>
      <div className="ml-auto flex gap-1">
        <Button size="sm" aria-label={t('trash.restoreOf', { title })} onClick={() => void bringBack()}>
          {t('trash.restore')}
        </Button>
        {mayManage(document.role) && (
          <Button look="plain" size="sm" aria-label={t('trash.purgeOf', { title })} onClick={() => setAsked(true)}>
            {t('trash.purge')}
          </Button>
        )}
      </div>
      <AlertDialog
        open={asked}
        onOpenChange={setAsked}
        title={t('trash.sure', { title })}
        description={t('trash.sureText')}
        action={t('trash.purge')}
        danger
        busy={purge.isPending}
        onAction={start}
      />
    </li>
  )
}
