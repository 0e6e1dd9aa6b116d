import type { WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import { Archive, type LucideIcon, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useWorkspace } from '../workspaces/index.ts'
import { useAllDocuments } from './queries.ts'

/** The way to the trash, below the tree; guests have none. */
export function TrashLink({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('documents')
  const { data: workspace } = useWorkspace(workspaceId)
  if (workspace === undefined || !mayCreateDocuments(workspace.role)) return null
  return <LinkBelow to={`/w/${workspaceId}/trash`} icon={Trash2} text={t('trash.title')} />
}

/** The way to the archive, where there is something in it. */
export function ArchiveLink({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('documents')
  const { data: documents } = useAllDocuments(workspaceId)
  if (!documents?.some(({ archivedAt }) => archivedAt !== null)) return null
  return <LinkBelow to={`/w/${workspaceId}/archive`} icon={Archive} text={t('archive.title')} />
}

const LinkBelow = ({ to, icon: Icon, text }: { to: string; icon: LucideIcon; text: string }) => (
  <NavLink
    to={to}
    className="flex h-8 items-center gap-1 rounded-md pl-0.5 text-muted text-sm hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink"
  >
    <span className="inline-flex size-6 shrink-0 items-center justify-center text-faint" aria-hidden>
      <Icon size={16} />
    </span>
    {text}
  </NavLink>
)
