import type { WorkspaceId } from '@weft/shared/kit'
import { mayInvite, maySeeMembers } from '@weft/shared/workspaces'
import { Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { Invites } from './Invites.tsx'
import { MemberList } from './MemberList.tsx'
import { PublicLinks } from './PublicLinks.tsx'
import { useMembers, useWorkspace } from './queries.ts'
import { WorkspaceNameForm } from './WorkspaceNameForm.tsx'

/** Who belongs to the workspace, who may come, and what it is called. */
export function MembersPage({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('workspaces')
  const { data: workspace } = useWorkspace(workspaceId)
  const members = useMembers(workspaceId)
  usePageTitle(t('members.title'))
  if (workspace === undefined) return null
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-10 px-4 py-8 sm:px-8">
      <section aria-labelledby="members-title">
        <h1 id="members-title" className="mb-4 font-semibold text-2xl">
          {t('members.title')}
        </h1>
        {!maySeeMembers(workspace.role) ? (
          <EmptyState icon={Users} title={t('members.guest')} text={t('members.guestText')} />
        ) : members.data !== undefined ? (
          <MemberList workspace={workspace} members={members.data} />
        ) : members.isError ? (
          <ErrorState error={members.error} onRetry={() => void members.refetch()} />
        ) : (
          <Loading>
            <div className="flex flex-col gap-3">
              {['a', 'b', 'c'].map((key) => (
                <Skeleton key={key} className="h-11" />
              ))}
            </div>
          </Loading>
        )}
      </section>
      {mayInvite(workspace.role, 'member') && (
        <>
          <Invites workspaceId={workspaceId} role={workspace.role} />
          <PublicLinks workspace={workspace} />
          <WorkspaceNameForm workspace={workspace} />
        </>
      )}
    </div>
  )
}
