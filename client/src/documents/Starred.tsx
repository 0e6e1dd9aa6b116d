import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { StarOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DocumentMark } from './DocumentMark.tsx'
import { useDocuments } from './queries.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** What one has starred, above the tree, in the order in which one has. */
export function Starred({ workspaceId, current }: { workspaceId: WorkspaceId; current: DocumentId | null }) {
  const { t } = useTranslation('documents')
  const { data: documents = [] } = useDocuments(workspaceId)
  const { setStar } = useDocumentCommands(workspaceId)
  const starred = documents
    .filter(({ starredAt }) => starredAt !== null)
    .toSorted((a, b) => (a.starredAt ?? 0) - (b.starredAt ?? 0))
  if (starred.length === 0) return null
  return (
    <section aria-labelledby="starred" className="mb-3">
      <h2 id="starred" className="flex h-8 items-center pl-2 font-medium text-faint text-xs">
        {t('star.title')}
      </h2>
      <ul data-testid="starred" className="flex flex-col gap-px">
        {starred.map((document) => {
          const title = document.title || t('untitled')
          const isCurrent = document.id === current
          return (
            <li
              key={document.id}
              className={`group relative flex h-8 items-center rounded-md pl-0.5 text-sm ${
                isCurrent ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink'
              }`}
            >
              <Link
                to={`/w/${workspaceId}/d/${document.id}`}
                {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
                className="flex min-w-0 flex-1 items-center gap-1 rounded-sm py-1.5 leading-5 group-focus-within:mr-7 group-hover:mr-7 pointer-coarse:mr-7"
              >
                <span className="inline-flex size-6 shrink-0 items-center justify-center">
                  <DocumentMark icon={document.icon} />
                </span>
                <span className="truncate">{title}</span>
              </Link>
              <button
                type="button"
                aria-label={t('star.offOf', { title })}
                title={t('star.offOf', { title })}
                onClick={() => void setStar(document, false)}
                className="absolute right-0.5 inline-flex size-6 items-center justify-center rounded-md text-muted opacity-0 transition-opacity hover:bg-line hover:text-ink focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
              >
                <StarOff size={16} aria-hidden />
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
