import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { Link2Off } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { sinceWhen } from '../kit/sinceWhen.ts'
import { DocumentMark } from './DocumentMark.tsx'
import { useBacklinks, useDocuments } from './queries.ts'

/** Which documents lead to the open one; what one may not see is not among them. */
export function BacklinksPanel({ workspaceId, documentId }: { workspaceId: WorkspaceId; documentId: DocumentId }) {
  const { t, i18n } = useTranslation('documents')
  const links = useBacklinks(documentId)
  const { data: documents } = useDocuments(workspaceId)
  const icons = new Map(documents?.map(({ id, icon }) => [id, icon]))
  if (links.data === undefined) {
    return links.isError ? (
      <ErrorState error={links.error} onRetry={() => void links.refetch()} />
    ) : (
      <Loading>
        <div className="flex flex-col gap-3 pt-4">
          <Skeleton className="h-11" />
          <Skeleton className="h-11" />
        </div>
      </Loading>
    )
  }
  if (links.data.length === 0) {
    return <EmptyState icon={Link2Off} title={t('links.empty')} text={t('links.emptyText')} />
  }
  return (
    <ul data-testid="backlinks" className="flex flex-col gap-px py-2">
      {links.data.map(({ id, title, updatedAt }) => (
        <li key={id}>
          <Link
            to={`/w/${workspaceId}/d/${id}`}
            className="flex min-h-10 items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover"
          >
            <DocumentMark icon={icons.get(id) ?? null} />
            <span className="min-w-0 flex-1 truncate text-sm">{title || t('untitled')}</span>
            <time dateTime={new Date(updatedAt).toISOString()} className="shrink-0 text-muted text-xs">
              {sinceWhen(updatedAt, Date.now(), i18n.language)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  )
}
