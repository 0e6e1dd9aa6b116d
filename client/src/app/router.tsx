import { createBrowserRouter, Outlet } from 'react-router'
import { loadActivityPage } from '../activity/index.ts'
import { loadAccountPage, loadInvitePage, loadSignInPage, loadSignUpPage } from '../auth/index.ts'
import { loadArchivePage, loadDocumentPage, loadTrashPage } from '../documents/index.ts'
import { loadEmbeddingPage } from '../embed/index.ts'
import { loadAnnouncementsPage, loadNotificationsPage, loadPreferencesPage } from '../notifications/index.ts'
import { AccountRoute } from './AccountRoute.tsx'
import { ActivityRoute } from './ActivityRoute.tsx'
import { ArchiveRoute } from './ArchiveRoute.tsx'
import { DocumentRoute } from './DocumentRoute.tsx'
import { EmbeddingRoute } from './EmbeddingRoute.tsx'
import { ErrorPage, NotFoundPage } from './ErrorPage.tsx'
import { Guest } from './Guest.tsx'
import { HomePage } from './HomePage.tsx'
import { ServerPage } from './ServerPage.tsx'
import { SignedIn } from './SignedIn.tsx'
import { TrashRoute } from './TrashRoute.tsx'
import { WorkspaceHomeRoute } from './WorkspaceHomeRoute.tsx'
import { WorkspaceShell } from './WorkspaceShell.tsx'

/** What people can be on. Documents and the rarer pages are loaded when they are opened. */
export const router = createBrowserRouter([
  {
    element: <Outlet />,
    errorElement: <ErrorPage />,
    hydrateFallbackElement: <div />,
    children: [
      {
        element: <Guest />,
        children: [
          { path: '/sign-in', lazy: async () => ({ Component: await loadSignInPage() }) },
          { path: '/sign-up', lazy: async () => ({ Component: await loadSignUpPage() }) },
        ],
      },
      { path: '/invite', lazy: async () => ({ Component: await loadInvitePage() }) },
      {
        element: <SignedIn />,
        children: [
          { path: '/', element: <HomePage /> },
          {
            path: '/settings',
            lazy: async () => ({ Component: (await import('./SettingsPage.tsx')).SettingsPage }),
          },
          {
            path: '/settings/account',
            lazy: async () => ({ element: <AccountRoute AccountPage={await loadAccountPage()} /> }),
          },
          { path: '/settings/announcements', lazy: async () => ({ Component: await loadAnnouncementsPage() }) },
          { path: '/settings/notifications', lazy: async () => ({ Component: await loadPreferencesPage() }) },
          { path: '/notifications', lazy: async () => ({ Component: await loadNotificationsPage() }) },
          {
            path: '/w/:workspaceId',
            element: <WorkspaceShell />,
            children: [
              { index: true, element: <WorkspaceHomeRoute /> },
              {
                path: 'd/:documentId',
                lazy: async () => {
                  const DocumentPage = await loadDocumentPage()
                  return { element: <DocumentRoute DocumentPage={DocumentPage} /> }
                },
              },
              {
                path: 'members',
                lazy: async () => ({ Component: (await import('./MembersRoute.tsx')).MembersRoute }),
              },
              {
                path: 'embedding',
                lazy: async () => ({ element: <EmbeddingRoute EmbeddingPage={await loadEmbeddingPage()} /> }),
              },
              {
                path: 'activity',
                lazy: async () => ({ element: <ActivityRoute ActivityPage={await loadActivityPage()} /> }),
              },
              {
                path: 'archive',
                lazy: async () => ({ element: <ArchiveRoute ArchivePage={await loadArchivePage()} /> }),
              },
              {
                path: 'trash',
                lazy: async () => ({ element: <TrashRoute TrashPage={await loadTrashPage()} /> }),
              },
              { path: '*', element: <NotFoundPage within /> },
            ],
          },
        ],
      },
      { path: '*', element: <ServerPage otherwise={<NotFoundPage />} /> },
    ],
  },
])
