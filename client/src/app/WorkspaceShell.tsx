import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { DoorClosed } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useLocation } from 'react-router'
import { useAccount, useSignOut } from '../auth/index.ts'
import { DocumentDialogs, loadDocumentPage, SetAsideNotice } from '../documents/index.ts'
import { leaveFocusMode, useFocusMode } from '../kit/focusMode.ts'
import { Button, EmptyState, readStored, writeStored } from '../kit/index.ts'
import { orNothing } from '../kit/orNothing.ts'
import { NewVersionLine } from '../offline/index.ts'
import { usePublishPresence } from '../presence/index.ts'
import { useWorkspaceChanges, useWorkspaces } from '../workspaces/index.ts'
import { NotFoundPage } from './ErrorPage.tsx'
import { forgetAll } from './forgetAll.ts'
import { FrameContext } from './frame.ts'
import { lastWorkspace, rememberWorkspace } from './lastWorkspace.ts'
import { Shortcuts } from './Shortcuts.tsx'
import { Sidebar } from './Sidebar.tsx'
import { TourHost } from './tour/TourHost.tsx'
import { useKeptPanel } from './useKeptPanel.ts'
import { useRouteIds } from './useRouteIds.ts'
import { useWide } from './useWide.ts'

const DocumentPanel = lazy(() => orNothing(async () => (await import('./DocumentPanel.tsx')).DocumentPanel))

/** The frame around everything in a workspace. */
export function WorkspaceShell() {
  const { workspaceId, documentId } = useRouteIds()
  if (workspaceId === null) return <NotFoundPage />
  return <Shell key={workspaceId} workspaceId={workspaceId} documentId={documentId} />
}

const sidebarKey = 'weft-sidebar'

function Shell({ workspaceId, documentId }: { workspaceId: WorkspaceId; documentId: DocumentId | null }) {
  const { t } = useTranslation('app')
  const account = useAccount()
  const wide = useWide()
  const { pathname } = useLocation()
  const [beside, setBeside] = useState(() => readStored(sidebarKey) !== 'hidden')
  const [drawer, setDrawer] = useState(false)
  const [palette, setPalette] = useState(false)
  const panel = useKeptPanel()
  const focused = useFocusMode() && documentId !== null
  const workspaces = useWorkspaces()
  const forgetMine = useCallback(() => forgetAll(account.id), [account.id])
  const { start: signOut, dialog } = useSignOut(forgetMine)
  useWorkspaceChanges(workspaceId)
  // Documents open at once, and without a connection too, when their code is here already.
  useEffect(() => void loadDocumentPage().catch(() => undefined), [])
  usePublishPresence(workspaceId, documentId)

  const toggleSidebar = useCallback(() => {
    // Whoever asks for it wants to see it.
    if (focused) leaveFocusMode()
    else if (!wide) setDrawer((open) => !open)
    else
      setBeside((shown) => {
        writeStored(sidebarKey, shown ? 'hidden' : null)
        return !shown
      })
  }, [wide, focused])
  const sidebarShown = wide && beside && !focused
  const openPalette = useCallback(() => {
    setDrawer(false)
    setPalette(true)
  }, [])
  const frame = useMemo(
    () => ({ sidebarShown, toggleSidebar, openPalette }),
    [sidebarShown, toggleSidebar, openPalette],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has gone somewhere is done with the drawer
  useEffect(() => setDrawer(false), [pathname])

  const absent = workspaces.data !== undefined && !workspaces.data.some(({ id }) => id === workspaceId)
  // A list from the last visit may lack a new workspace; once the server has said so, asking again changes nothing.
  const [gone, setGone] = useState(false)
  if (absent && !gone && !workspaces.isFetching) setGone(true)
  if (!absent && gone) setGone(false)
  useEffect(() => {
    if (!gone) rememberWorkspace(account.id, workspaceId)
    else if (lastWorkspace(account.id) === workspaceId) rememberWorkspace(account.id, null)
  }, [gone, account.id, workspaceId])
  if (gone) {
    return (
      <main className="flex min-h-full flex-col items-center justify-center p-4">
        <SetAsideNotice />
        <EmptyState heading="h1" icon={DoorClosed} title={t('gone.title')} text={t('gone.text')}>
          <Button asChild look="primary">
            <Link to="/">{t('home')}</Link>
          </Button>
        </EmptyState>
      </main>
    )
  }

  const sidebar = <Sidebar workspaceId={workspaceId} documentId={documentId} onSignOut={signOut} />
  return (
    <FrameContext value={frame}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
      >
        {t('skip')}
      </a>
      <div className="flex h-dvh">
        {sidebarShown && <div className="w-64 shrink-0 border-line border-r">{sidebar}</div>}
        {!wide && (
          <Dialog.Root open={drawer} onOpenChange={setDrawer}>
            <Dialog.Portal>
              <Dialog.Overlay className="fixed inset-0 z-30 animate-appear bg-black/40" />
              <Dialog.Content
                aria-describedby={undefined}
                onCloseAutoFocus={(event) => {
                  // Where one writes by now, the caret stays.
                  if (document.activeElement?.matches('textarea, [contenteditable]')) event.preventDefault()
                }}
                className="fixed inset-y-0 left-0 z-40 w-[min(20rem,85vw)] animate-drawer border-line border-r shadow-lg focus:outline-none"
              >
                <Dialog.Title className="sr-only">{t('sidebar.label')}</Dialog.Title>
                {sidebar}
              </Dialog.Content>
            </Dialog.Portal>
          </Dialog.Root>
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          <div id="page" className="relative flex min-h-0 flex-1 flex-col">
            <main id="main" tabIndex={-1} className="relative min-h-0 flex-1 overflow-y-auto">
              <Outlet />
            </main>
          </div>
          <Suspense>
            <NewVersionLine />
          </Suspense>
        </div>
        {panel && documentId !== null && !focused && (
          <Suspense>
            <DocumentPanel workspaceId={workspaceId} documentId={documentId} />
          </Suspense>
        )}
      </div>
      <Shortcuts
        workspaceId={workspaceId}
        documentId={documentId}
        palette={palette}
        setPalette={setPalette}
        toggleSidebar={toggleSidebar}
        onSignOut={signOut}
      />
      {!focused && <TourHost beside={sidebarShown} />}
      <DocumentDialogs workspaceId={workspaceId} />
      {dialog}
    </FrameContext>
  )
}
