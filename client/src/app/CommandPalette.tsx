import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments, maySeeMembers } from '@weft/shared/workspaces'
import {
  Archive,
  Bell,
  FilePlus2,
  History,
  Keyboard,
  LogOut,
  Maximize2,
  Moon,
  PanelLeft,
  Settings,
  Sun,
  Trash2,
  Users,
} from 'lucide-react'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useCreateDocument } from '../documents/index.ts'
import { enterFocusMode } from '../kit/focusMode.ts'
import { setTheme, useTheme } from '../kit/index.ts'
import { loadPalette, type PaletteCommand } from '../search/index.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { modKey } from './keys.ts'

const Palette = lazy(async () => ({ default: await loadPalette() }))

interface CommandPaletteProps {
  workspaceId: WorkspaceId
  documentId: DocumentId | null
  query: string
  setQuery(query: string): void
  open: boolean
  onOpenChange(open: boolean): void
  toggleSidebar(): void
  showKeys(): void
  onSignOut(): void
}

/** The palette with all that the frame can do. */
export function CommandPalette(props: CommandPaletteProps) {
  const { workspaceId, documentId, toggleSidebar, showKeys, onSignOut } = props
  const { t } = useTranslation('search')
  const navigate = useNavigate()
  const create = useCreateDocument(workspaceId)
  const { data: workspace } = useWorkspace(workspaceId)
  const theme = useTheme()
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
  const go = (to: string) => () => void navigate(to)
  const command = (id: string, icon: PaletteCommand['icon'], run: () => void, keys?: string): PaletteCommand => ({
    id,
    label: t(`command.${id}`),
    icon,
    run,
    ...(keys === undefined ? {} : { keys }),
  })
  const commands = [
    ...(workspace && mayCreateDocuments(workspace.role) ? [command('new', FilePlus2, () => create(), 'N')] : []),
    command('activity', History, go(`/w/${workspaceId}/activity`)),
    command('notifications', Bell, go('/notifications')),
    ...(workspace && maySeeMembers(workspace.role) ? [command('members', Users, go(`/w/${workspaceId}/members`))] : []),
    command('archive', Archive, go(`/w/${workspaceId}/archive`)),
    command('trash', Trash2, go(`/w/${workspaceId}/trash`)),
    command('sidebar', PanelLeft, toggleSidebar, `${modKey}.`),
    ...(documentId === null ? [] : [command('focus', Maximize2, enterFocusMode, `${modKey}Shift+F`)]),
    dark ? command('light', Sun, () => setTheme('light')) : command('dark', Moon, () => setTheme('dark')),
    command('keys', Keyboard, showKeys, '?'),
    command('settings', Settings, go('/settings')),
    command('signOut', LogOut, onSignOut),
  ]
  return (
    <Palette
      workspaceId={workspaceId}
      documentId={documentId}
      commands={commands}
      query={props.query}
      setQuery={props.setQuery}
      open={props.open}
      onOpenChange={props.onOpenChange}
    />
  )
}
