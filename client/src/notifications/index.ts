import { lazy } from 'react'

export { NotificationBell } from './Bell.tsx'

// All that follows is loaded after the first page is shown, or when it is asked for.
/** Toasts, and what else follows the inbox while a page is open. Once in the page. */
export const NotificationNews = lazy(() =>
  import('./news/NotificationNews.tsx').then(
    ({ NotificationNews }) => ({ default: NotificationNews }),
    () => ({ default: () => null }),
  ),
)
export const loadNotificationsPage = async () => (await import('./centre/NotificationsPage.tsx')).NotificationsPage
