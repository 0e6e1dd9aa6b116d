import './catalogue.ts'
import type { Document } from '@weft/shared/documents'
import { Link2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { useMakeLink, useSharedLinks } from './queries.ts'
import { SharedLinkRow } from './SharedLinkRow.tsx'

/** The links by which a document can be read, for those who manage it. */
export function SharedLinks({ document }: { document: Document }) {
  const { t } = useTranslation('sharedLinks')
  const { data: links, say, isError, error, refetch } = useSharedLinks(document.id)
  const { data: workspace } = useWorkspace(document.workspaceId)
  const make = useMakeLink(document.id)
  const publicLinks = workspace?.publicLinks ?? true
  return (
    <section aria-labelledby="shared-links" className="mt-4 border-line border-t pt-3">
      <h3 id="shared-links" className="mb-1 font-medium text-faint text-xs">
        {t('title')}
      </h3>
      {links === undefined && isError ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : links === undefined ? (
        <Loading>
          <Skeleton className="h-7" />
        </Loading>
      ) : (
        <>
          {links.length > 0 && (
            <ul className="flex flex-col">
              {links.map((link) => (
                <SharedLinkRow key={link.id} link={link} publicLinks={publicLinks} say={say} />
              ))}
            </ul>
          )}
          {links.length === 0 && <p className="mb-2 text-muted text-sm">{t(publicLinks ? 'none' : 'noneInside')}</p>}
          <Button
            size="sm"
            className="mt-1"
            busy={make.isPending}
            onClick={() => make.mutate(publicLinks ? 'anyone' : 'workspace')}
          >
            <Link2 size={16} aria-hidden />
            {t(links.length === 0 ? 'make' : 'makeAnother')}
          </Button>
        </>
      )}
    </section>
  )
}
