import { lazy } from 'react'
import { orNothing } from '../kit/orNothing.ts'

export { NotificationBell } from './Bell.tsx'
export { KnownName } from './knownName.ts'
export { WatchDocument } from './watch/watchInMenu.tsx'

// All that follows is loaded after the first page is shown, or when it is asked for.
/** Toasts, and what else follows the inbox while a page is open. Once in the page. */
export const NotificationNews = lazy(() =>
  orNothing(async () => (await import('./news/NotificationNews.tsx')).NotificationNews),
)
/** In the share dialog. */
export const PrivateMail = lazy(() => orNothing(async () => (await import('./watch/PrivateMail.tsx')).PrivateMail))
/** In the profile. */
export const OwnTimeZone = lazy(() =>
  orNothing(async () => (await import('./preferences/OwnTimeZone.tsx')).OwnTimeZone),
)
export const loadAnnouncementsPage = async () => (await import('./admin/AdminPage.tsx')).AdminPage
export const loadPreferencesPage = async () => (await import('./preferences/PreferencesPage.tsx')).PreferencesPage
/** This browser is pushed to no more: whoever it was for has signed out. */
export const loadForgetPush = async () => (await import('./push/push.ts')).forgetPush
export const loadNotificationsPage = async () => (await import('./centre/NotificationsPage.tsx')).NotificationsPage
export { toldZonePrefix } from './toldZone.ts'
