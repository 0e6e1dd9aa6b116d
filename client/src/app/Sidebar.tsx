import type { Person } from '@weft/shared/auth'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { History, LogOut, PanelLeftClose, Search, Settings } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useNavigate } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { ArchiveLink, DocumentTree, TrashLink, useImportMarkdown } from '../documents/index.ts'
import { IconButton, Menu, MenuItem, MenuLabel } from '../kit/index.ts'
import { NotificationBell } from '../notifications/index.ts'
import { Avatar, MembersPresent } from '../presence/index.ts'
import { useMembers, WorkspaceSwitcher } from '../workspaces/index.ts'
import { useFrame } from './frame.ts'
import { modKey } from './keys.ts'
import { useWide } from './useWide.ts'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')

export function Sidebar(props: { workspaceId: WorkspaceId; documentId: DocumentId | null; onSignOut(): void }) {
  const { workspaceId } = props
  const { t } = useTranslation('app')
  const { toggleSidebar, openPalette } = useFrame()
  const wide = useWide()
  const account = useAccount()
  const { data: members } = useMembers(workspaceId)
  const importFiles = useImportMarkdown(workspaceId)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    setOver(false)
    if (!carriesFiles(event)) return
    event.preventDefault()
    void importFiles([...event.dataTransfer.files])
  }
  return (
    <aside
      aria-label={t('sidebar.whole')}
      className={`flex h-full flex-col bg-sunken ${over ? 'ring-2 ring-accent ring-inset' : ''}`}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false)
      }}
      onDrop={drop}
    >
      <div className="flex h-12 shrink-0 items-center gap-1 px-2">
        <WorkspaceSwitcher workspaceId={workspaceId} />
        <IconButton icon={PanelLeftClose} label={t('sidebar.hide')} keys={`${modKey}.`} onClick={toggleSidebar} />
      </div>
      <div className="shrink-0 px-2 pb-1">
        <button
          type="button"
          onClick={openPalette}
          aria-keyshortcuts="Control+K Meta+K /"
          className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-ink"
        >
          <Search size={16} aria-hidden className="text-faint" />
          {t('sidebar.search')}
          <kbd className="ml-auto font-sans text-faint text-xs" aria-hidden>
            {modKey}K
          </kbd>
        </button>
        <NotificationBell look="line" wide={wide} />
      </div>
      <nav aria-label={t('sidebar.label')} data-scroller className="min-h-0 flex-1 overflow-y-auto px-2 pt-1 pb-4">
        <NavLink
          to={`/w/${workspaceId}/activity`}
          className="mb-2 flex h-8 items-center gap-2 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          <History size={16} aria-hidden className="text-faint" />
          {t('sidebar.activity')}
        </NavLink>
        <DocumentTree workspaceId={workspaceId} current={props.documentId} />
        <div className="mt-3 flex flex-col gap-px">
          <ArchiveLink workspaceId={workspaceId} />
          <TrashLink workspaceId={workspaceId} />
        </div>
      </nav>
      <div className="flex shrink-0 flex-col gap-1 border-line border-t p-2">
        <MembersPresent workspaceId={workspaceId} members={members} own={account.id} />
        <AccountMenu shown={members?.find(({ id }) => id === account.id)} onSignOut={props.onSignOut} />
      </div>
    </aside>
  )
}

/** What the members list `shown` says may be newer than the account, which is read as the page opens. */
function AccountMenu({ shown, onSignOut }: { shown: Person | undefined; onSignOut(): void }) {
  const { t } = useTranslation('app')
  const account = useAccount()
  const navigate = useNavigate()
  return (
    <Menu
      label={t('account.label')}
      trigger={
        <button
          type="button"
          data-testid="account"
          className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover data-[state=open]:bg-hover"
        >
          <Avatar person={shown ?? account} size={26} />
          <span className="min-w-0 flex-1 truncate text-sm">{(shown ?? account).name}</span>
        </button>
      }
    >
      <MenuLabel>{account.email}</MenuLabel>
      <MenuItem icon={Settings} onSelect={() => void navigate('/settings')}>
        {t('account.settings')}
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={onSignOut}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  )
}
