import type { WorkspaceId } from '@weft/shared/kit'
import { mayManageEmbedding } from '@weft/shared/workspaces'
import { ChevronsUpDown, CodeXml, Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Menu, MenuItem, MenuLabel, MenuLine } from '../kit/index.ts'
import { KeepWorkspace } from '../offline/index.ts'
import { CreateWorkspaceDialog } from './CreateWorkspace.tsx'
import { useWorkspace, useWorkspaces } from './queries.ts'
import { WorkspaceMark } from './WorkspaceMark.tsx'

/** Where one is, and where else one could be. */
export function WorkspaceSwitcher({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('workspaces')
  const navigate = useNavigate()
  const { data: all = [] } = useWorkspaces()
  const { data: workspace } = useWorkspace(workspaceId)
  const [creating, setCreating] = useState(false)
  const go = (path: string) => () => void navigate(path)
  return (
    <>
      <Menu
        label={t('switcher.label')}
        trigger={
          <button
            type="button"
            data-testid="workspace-switcher"
            className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
          >
            <WorkspaceMark name={workspace?.name ?? ''} image={workspace?.image} />
            <span className="min-w-0 flex-1 truncate font-semibold text-sm">{workspace?.name}</span>
            <span className="sr-only">{t('switcher.label')}</span>
            <ChevronsUpDown size={16} aria-hidden className="shrink-0 text-faint" />
          </button>
        }
      >
        <MenuLabel>{t('switcher.workspaces')}</MenuLabel>
        {all.map(({ id, name }) => (
          <MenuItem key={id} checked={id === workspaceId} onSelect={go(`/w/${id}`)}>
            {name}
          </MenuItem>
        ))}
        <MenuItem icon={Plus} onSelect={() => setCreating(true)}>
          {t('switcher.create')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Users} onSelect={go(`/w/${workspaceId}/members`)}>
          {t('switcher.members')}
        </MenuItem>
        {workspace !== undefined && mayManageEmbedding(workspace.role) && (
          <MenuItem icon={CodeXml} onSelect={go(`/w/${workspaceId}/embedding`)}>
            {t('switcher.embedding')}
          </MenuItem>
        )}
        <KeepWorkspace workspaceId={workspaceId} />
      </Menu>
      <CreateWorkspaceDialog open={creating} onOpenChange={setCreating} />
    </>
  )
}
