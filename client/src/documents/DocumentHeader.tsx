import { type Document, mayEdit } from '@weft/shared/documents'
import { Download, Ellipsis, History, Link2, Search, TableOfContents, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { findInDocument } from '../kit/findInDocument.ts'
import { closePanel, IconButton, Menu, MenuItem, MenuLine, showPanel, useShownPanel } from '../kit/index.ts'
import { type DocumentSession, SaveWord } from '../live/index.ts'
import { WatchDocument } from '../notifications/index.ts'
import { KeepDocument } from '../offline/index.ts'
import { PresenceAvatars } from '../presence/index.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { useDocuments } from './queries.ts'
import { Share } from './Share.tsx'
import { ancestorsOf } from './tree.ts'
import { useDocumentActions } from './useDocumentActions.ts'

/** Where one is, whether it is saved, who else is here, and what can be done. Its parts keep their places. */
export function DocumentHeader({ document, session }: { document: Document; session: DocumentSession }) {
  const { t } = useTranslation('documents')
  const account = useAccount()
  const { workspaceId } = document
  const { data: workspace } = useWorkspace(workspaceId)
  const { data: documents = [] } = useDocuments(workspaceId)
  const { remove, exportMarkdown, copyLink } = useDocumentActions(workspaceId)
  const { name: panel } = useShownPanel()
  const path = ancestorsOf(documents, document.id)
  const parts = [
    { to: `/w/${workspaceId}`, text: workspace?.name ?? '' },
    ...path.map(({ id, title }) => ({ to: `/w/${workspaceId}/d/${id}`, text: title || t('untitled') })),
  ]
  return (
    <>
      <ol aria-label={t('header.path')} className="hidden min-w-0 flex-1 items-center text-muted text-sm sm:flex">
        {parts.map(({ to, text }) => (
          <li key={to} className="flex min-w-6 items-center">
            <Link to={to} className="truncate rounded-sm px-1 py-0.5 hover:bg-hover hover:text-ink">
              {text}
            </Link>
            <span aria-hidden className="text-faint">
              /
            </span>
          </li>
        ))}
        <li aria-current="page" className="min-w-8 truncate px-1 text-ink">
          {document.title || t('untitled')}
        </li>
      </ol>
      <div className="ml-auto flex shrink-0 items-center gap-1 sm:gap-2">
        {/* Before the word: who comes and goes must not move it. */}
        <PresenceAvatars session={session} workspaceId={workspaceId} own={account.id} />
        <SaveWord documentId={document.id} />
        <Share document={document} />
        <Menu
          align="end"
          trigger={<IconButton icon={Ellipsis} label={t('header.more')} data-testid="document-menu" />}
          label={t('header.more')}
        >
          <MenuItem icon={Link2} onSelect={() => void copyLink(document)}>
            {t('menu.copyLink')}
          </MenuItem>
          <MenuItem icon={Download} onSelect={() => void exportMarkdown(document)}>
            {t('menu.export')}
          </MenuItem>
          <MenuItem icon={Search} onSelect={findInDocument}>
            {t('menu.find')}
          </MenuItem>
          <MenuItem
            icon={TableOfContents}
            checked={panel === 'outline'}
            onSelect={() => (panel === 'outline' ? closePanel() : showPanel('outline'))}
          >
            {t('menu.outline')}
          </MenuItem>
          <MenuItem
            icon={History}
            checked={panel === 'activity'}
            onSelect={() => (panel === 'activity' ? closePanel() : showPanel('activity'))}
          >
            {t('menu.activity')}
          </MenuItem>
          <WatchDocument documentId={document.id} />
          <KeepDocument document={document} />
          {mayEdit(document.role) && (
            <>
              <MenuLine />
              <MenuItem icon={Trash2} danger onSelect={() => void remove(document)}>
                {t('menu.remove')}
              </MenuItem>
            </>
          )}
        </Menu>
      </div>
    </>
  )
}
