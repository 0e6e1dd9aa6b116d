import type { Document } from '@weft/shared/documents'
import { Ellipsis, History, Link, Maximize2, Search, Star, TableOfContents } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link as RouteLink } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { findInDocument } from '../kit/findInDocument.ts'
import { enterFocusMode } from '../kit/focusMode.ts'
import { closePanel, IconButton, Menu, MenuItem, showPanel, useShownPanel } from '../kit/index.ts'
import { type DocumentSession, SaveWord } from '../live/index.ts'
import { PresenceAvatars } from '../presence/index.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { DocumentItems, LeavingItems } from './DocumentItems.tsx'
import { useAllDocuments } from './queries.ts'
import { Share } from './Share.tsx'
import { ancestorsOf } from './tree.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** Where one is, whether it is saved, who else is here, and what can be done. Its parts keep their places. */
export function DocumentHeader({ document, session }: { document: Document; session: DocumentSession }) {
  const { t } = useTranslation('documents')
  const account = useAccount()
  const { workspaceId } = document
  const { data: workspace } = useWorkspace(workspaceId)
  const { data: documents = [] } = useAllDocuments(workspaceId)
  const { setStar } = useDocumentCommands(workspaceId)
  const { name: panel } = useShownPanel()
  const starred = document.starredAt !== null
  const path = ancestorsOf(documents, document.id)
  const parts = [
    { to: `/w/${workspaceId}`, icon: null, text: workspace?.name ?? '' },
    ...path.map(({ id, icon, title }) => ({ to: `/w/${workspaceId}/d/${id}`, icon, text: title || t('untitled') })),
  ]
  return (
    <>
      <ol aria-label={t('header.path')} className="hidden min-w-0 items-center text-muted text-sm sm:flex">
        {parts.map(({ to, icon, text }) => (
          <li key={to} className="flex min-w-6 items-center">
            <RouteLink to={to} className="truncate rounded-sm px-1 py-0.5 hover:bg-hover hover:text-ink">
              <Emoji icon={icon} />
              {text}
            </RouteLink>
            <span aria-hidden className="text-faint">
              /
            </span>
          </li>
        ))}
        <li aria-current="page" className="min-w-8 truncate px-1 text-ink">
          <Emoji icon={document.icon} />
          {document.title || t('untitled')}
        </li>
      </ol>
      <IconButton
        icon={Star}
        label={t(starred ? 'star.off' : 'star.on')}
        aria-pressed={starred}
        data-testid="star"
        className={starred ? '[&_svg]:fill-current !text-warning' : ''}
        onClick={() => void setStar(document, !starred)}
      />
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
          <MenuItem
            icon={Link}
            checked={panel === 'links'}
            onSelect={() => (panel === 'links' ? closePanel() : showPanel('links'))}
          >
            {t('menu.links')}
          </MenuItem>
          <MenuItem icon={Maximize2} onSelect={enterFocusMode}>
            {t('menu.focus')}
          </MenuItem>
          <DocumentItems document={document} />
          <LeavingItems document={document} />
        </Menu>
      </div>
    </>
  )
}

/** Before a title, where there is one. */
const Emoji = ({ icon }: { icon: string | null }) => icon !== null && <span aria-hidden>{icon} </span>
