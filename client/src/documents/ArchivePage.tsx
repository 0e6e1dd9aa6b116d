import { type Document, mayEdit } from '@weft/shared/documents'
import type { WorkspaceId } from '@weft/shared/kit'
import { Archive } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { toast } from 'sonner'
import { Button, EmptyState, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { sinceWhen } from '../kit/sinceWhen.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { DocumentMark } from './DocumentMark.tsx'
import { useAllDocuments } from './queries.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** What is archived, the newest first, and the way back into the tree. What went there with another comes back with it. */
export function ArchivePage({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('documents')
  const documents = useAllDocuments(workspaceId)
  usePageTitle(t('archive.title'))
  const times = new Map(documents.data?.map(({ id, archivedAt }) => [id, archivedAt]))
  const archived = documents.data
    ?.filter(
      ({ archivedAt, parentId }) => archivedAt !== null && (parentId === null || times.get(parentId) !== archivedAt),
    )
    .toSorted((a, b) => (b.archivedAt ?? 0) - (a.archivedAt ?? 0))
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-8">
      <h1 className="mb-4 font-semibold text-2xl">{t('archive.title')}</h1>
      {archived === undefined ? (
        documents.isError ? (
          <ErrorState error={documents.error} onRetry={() => void documents.refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-11" />
          </Loading>
        )
      ) : archived.length === 0 ? (
        <div className="rounded-xl border border-line border-dashed">
          <EmptyState icon={Archive} title={t('archive.empty')} text={t('archive.emptyText')} />
        </div>
      ) : (
        <ul className="divide-y divide-line border-line border-y" data-testid="archive">
          {archived.map((document) => (
            <ArchiveRow key={document.id} document={document} />
          ))}
        </ul>
      )}
    </div>
  )
}

function ArchiveRow({ document }: { document: Document }) {
  const { t, i18n } = useTranslation('documents')
  const { unarchive } = useDocumentCommands(document.workspaceId)
  const title = document.title || t('untitled')
  const bringBack = async () => {
    if (await unarchive(document)) toast.success(t('archive.isBack', { title }))
  }
  return (
    <li className="flex min-h-12 items-center gap-3 px-1 py-2">
      <DocumentMark icon={document.icon} />
      <div className="min-w-0 flex-1">
        <Link to={`/w/${document.workspaceId}/d/${document.id}`} className="block truncate text-sm hover:underline">
          {title}
        </Link>
        <p className="text-muted text-xs">
          {t('archive.when', { when: sinceWhen(document.archivedAt ?? 0, Date.now(), i18n.language) })}
        </p>
      </div>
      {mayEdit(document.role) && (
        <Button size="sm" aria-label={t('archive.backOf', { title })} onClick={() => void bringBack()}>
          {t('archive.back')}
        </Button>
      )}
    </li>
  )
}
