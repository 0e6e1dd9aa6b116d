import type { WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useWorkspace } from '../workspaces/index.ts'

/** The way to the trash, below the tree; guests have none. */
export function TrashLink({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('documents')
  const { data: workspace } = useWorkspace(workspaceId)
  if (workspace === undefined || !mayCreateDocuments(workspace.role)) return null
  return (
    <NavLink
      to={`/w/${workspaceId}/trash`}
      className="mt-3 flex h-8 items-center gap-1 rounded-md pl-0.5 text-muted text-sm hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink"
    >
      <span className="inline-flex size-6 shrink-0 items-center justify-center text-faint" aria-hidden>
        <Trash2 size={16} />
      </span>
      {t('trash.title')}
    </NavLink>
  )
}
