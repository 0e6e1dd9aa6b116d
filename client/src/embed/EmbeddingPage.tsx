import type { WorkspaceId } from '@weft/shared/kit'
import { mayManageEmbedding } from '@weft/shared/workspaces'
import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import './catalogue.ts'
import { EmptyState } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { KeyList } from './KeyList.tsx'
import { OriginList } from './OriginList.tsx'

/** The ways into a workspace's documents from other people's servers and pages. */
export function EmbeddingPage({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('embed')
  const { data: workspace } = useWorkspace(workspaceId)
  usePageTitle(t('title'))
  if (workspace === undefined) return null
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-10 px-4 py-8 sm:px-8">
      <div>
        <h1 className="font-semibold text-2xl">{t('title')}</h1>
        <p className="mt-2 text-muted text-sm">{t('text')}</p>
      </div>
      {mayManageEmbedding(workspace.role) ? (
        <>
          <KeyList workspaceId={workspaceId} />
          <OriginList workspaceId={workspaceId} />
        </>
      ) : (
        <EmptyState icon={Lock} title={t('admins')} text={t('adminsText')} />
      )}
    </div>
  )
}
