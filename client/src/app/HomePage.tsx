import { useTranslation } from 'react-i18next'
import { Navigate } from 'react-router'
import { useAccount, useSession, useSignOut } from '../auth/index.ts'
import { api, Button, ErrorState, Loading, Logo, Skeleton } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { CreateWorkspaceForm, useWorkspaces } from '../workspaces/index.ts'
import { forgetAll } from './forgetAll.ts'
import { lastWorkspace } from './lastWorkspace.ts'

/** On to the workspace one was in last; without any, the way to the first. */
export function HomePage() {
  const { t } = useTranslation('app')
  const account = useAccount()
  const workspaces = useWorkspaces()
  const { start, dialog } = useSignOut(() => forgetAll(account.id))
  const { check } = useSession()
  /** For whoever has seen none yet; without it one finds one's way too. */
  const showTour = async () => {
    if (account.settings.tour !== null) return
    await api.auth.changeSettings({ tour: 'due' }).then(check, () => undefined)
  }
  usePageTitle(t('first.title', { name: account.name }))
  if (workspaces.data === undefined || (workspaces.data.length === 0 && workspaces.isFetching)) {
    return (
      <main className="mx-auto flex min-h-full max-w-md flex-col justify-center p-6">
        {workspaces.isError ? (
          <ErrorState error={workspaces.error} onRetry={() => void workspaces.refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-40" />
          </Loading>
        )}
      </main>
    )
  }
  const last = lastWorkspace(account.id)
  const target = workspaces.data.find(({ id }) => id === last) ?? workspaces.data[0]
  if (target !== undefined) return <Navigate to={`/w/${target.id}`} replace />
  return (
    <main className="flex min-h-full flex-col items-center bg-sunken px-4 py-[max(2rem,12vh)]">
      <Logo size={32} />
      <h1 className="mt-5 text-balance text-center font-semibold text-2xl">
        {t('first.title', { name: account.name })}
      </h1>
      <p className="mt-2 max-w-sm text-balance text-center text-muted text-sm">{t('first.text')}</p>
      <div className="mt-6 w-full max-w-sm rounded-xl border border-line bg-raised p-6 shadow-sm">
        <CreateWorkspaceForm onCreated={() => void showTour()} />
      </div>
      <Button look="plain" size="sm" className="mt-6" onClick={start}>
        {t('first.signOut')}
      </Button>
      {dialog}
    </main>
  )
}
