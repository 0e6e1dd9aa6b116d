import type { Document } from '@weft/shared/documents'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import { FilePlus2, FileUp, Inbox } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button, EmptyState, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { sinceWhen } from '../kit/sinceWhen.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { DocumentMark } from './DocumentMark.tsx'
import { useDocuments } from './queries.ts'
import { SetAsideNotice } from './SetAsideNotice.tsx'
import { useCreateDocument } from './useCreateDocument.ts'
import { pickMarkdown, useImportMarkdown } from './useImportMarkdown.ts'

/** As many as fit a laptop's screen without scrolling. */
const recent = 12
/** More than that of what one opened is in the palette. */
const lately = 4

interface WorkspaceHomeProps {
  workspaceId: WorkspaceId
  /** What one has opened on this device, the last one first. */
  opened: readonly DocumentId[]
}

/** The workspace's first page: what one opened and what was written last, and the way to the first document. */
export function WorkspaceHome({ workspaceId, opened }: WorkspaceHomeProps) {
  const { t } = useTranslation('documents')
  const { data: workspace } = useWorkspace(workspaceId)
  const documents = useDocuments(workspaceId)
  const create = useCreateDocument(workspaceId)
  const importFiles = useImportMarkdown(workspaceId)
  usePageTitle(workspace?.name ?? '')
  if (workspace === undefined) return null
  const mayCreate = mayCreateDocuments(workspace.role)
  const shown = documents.data?.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, recent)
  const byId = new Map(documents.data?.map((document) => [document.id, document]))
  // Where the list of what was changed shows everything, a second one only repeats it.
  const mine = byId.size > recent ? opened.flatMap((id) => byId.get(id) ?? []).slice(0, lately) : []
  const actions = mayCreate && (
    <>
      <Button look="primary" onClick={() => create()}>
        <FilePlus2 size={16} aria-hidden />
        {t('create')}
      </Button>
      <Button onClick={() => pickMarkdown(importFiles)}>
        <FileUp size={16} aria-hidden />
        {t('import.action')}
      </Button>
    </>
  )
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-8 sm:px-8">
      <SetAsideNotice />
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <h1 className="min-w-0 truncate font-semibold text-2xl">{workspace.name}</h1>
        {shown !== undefined && shown.length > 0 && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {shown === undefined ? (
        documents.isError ? (
          <ErrorState error={documents.error} onRetry={() => void documents.refetch()} />
        ) : (
          <Loading>
            <div className="flex flex-col gap-3">
              {['a', 'b', 'c', 'd'].map((key) => (
                <Skeleton key={key} className="h-10" />
              ))}
            </div>
          </Loading>
        )
      ) : shown.length === 0 ? (
        <div className="rounded-xl border border-line border-dashed">
          <EmptyState
            icon={mayCreate ? FilePlus2 : Inbox}
            title={t(mayCreate ? 'home.empty' : 'home.nothing')}
            text={t(mayCreate ? 'home.emptyText' : 'home.nothingText')}
          >
            {actions}
          </EmptyState>
        </div>
      ) : (
        <div className="flex flex-col gap-8">
          {mine.length > 0 && <DocumentList id="opened" heading={t('home.opened')} documents={mine} />}
          <DocumentList id="recent" heading={t('home.recent')} documents={shown} />
        </div>
      )}
    </div>
  )
}

function DocumentList({ id, heading, documents }: { id: string; heading: string; documents: readonly Document[] }) {
  const { t, i18n } = useTranslation('documents')
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 font-medium text-faint text-sm">
        {heading}
      </h2>
      <ul className="divide-y divide-line border-line border-y">
        {documents.map(({ id: documentId, workspaceId, icon, title, updatedAt }) => (
          <li key={documentId}>
            <Link
              to={`/w/${workspaceId}/d/${documentId}`}
              className="flex h-11 items-center gap-3 rounded-sm px-1 hover:bg-hover"
            >
              <DocumentMark icon={icon} />
              <span className="min-w-0 flex-1 truncate text-sm">{title || t('untitled')}</span>
              <time dateTime={new Date(updatedAt).toISOString()} className="shrink-0 text-muted text-xs">
                {sinceWhen(updatedAt, Date.now(), i18n.language)}
              </time>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
