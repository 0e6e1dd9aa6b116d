import { QueryClientProvider } from '@tanstack/react-query'
import type { Account } from '@weft/shared/auth'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { useSession } from '../auth/index.ts'
import { ImportNews, OutboxNews } from '../documents/index.ts'
import { api, ErrorState, Logo } from '../kit/index.ts'
import { LiveProvider, useStopped } from '../live/index.ts'
import { NotificationNews } from '../notifications/index.ts'
import type { OfflineStore } from '../offline/index.ts'
import { Splash } from './Splash.tsx'
import { useKeeping } from './useKeeping.ts'
import { useLists } from './useLists.ts'

/** Everything below belongs to one signed-in person; another one gets all of it anew. */
export function SignedIn() {
  const { state, check } = useSession()
  switch (state.status) {
    case 'asking':
      return <Splash />
    case 'unreachable':
      return (
        <main className="mx-auto flex min-h-full max-w-md flex-col justify-center gap-4 p-6">
          <Logo size={32} />
          <ErrorState error={state.error} onRetry={() => void check()} />
        </main>
      )
    case 'signed-out':
      return <SignedOut />
    default:
      return (
        <Scope key={state.account.id} account={state.account}>
          <OutboxNews />
          <ImportNews />
          <Suspense>
            <NotificationNews />
          </Suspense>
          <Outlet />
        </Scope>
      )
  }
}

function Keeping({ store }: { store: OfflineStore }) {
  useKeeping(store)
  return null
}

/** The server says that nobody is signed in here any more: ended from another device, perhaps. The page asks, and shows it. */
function SignedOutElsewhere() {
  const stopped = useStopped()
  const { check } = useSession()
  useEffect(() => {
    if (stopped === 'signed-out') void check()
  }, [stopped, check])
  return null
}

function Scope({ account, children }: { account: Account; children: ReactNode }) {
  const lists = useLists(account.id)
  if (lists === null) return null
  return (
    <QueryClientProvider client={lists.client}>
      <LiveProvider account={account}>
        <Keeping store={lists.store} />
        <SignedOutElsewhere />
        {children}
      </LiveProvider>
    </QueryClientProvider>
  )
}

/** On to the page that fits: the first person makes the account that owns the installation. */
function SignedOut() {
  const { pathname, search } = useLocation()
  const [page, setPage] = useState<string | null>(null)
  useEffect(() => {
    let wanted = true
    api.auth.signUpState().then(
      ({ mode }) => wanted && setPage(mode === 'first' ? '/sign-up' : '/sign-in'),
      () => wanted && setPage('/sign-in'),
    )
    return () => {
      wanted = false
    }
  }, [])
  if (page === null) return <Splash />
  const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`
  return <Navigate to={page + next} replace />
}
