import { lazy } from 'react'
import { orNothing } from '../kit/orNothing.ts'

export { KeepDocument, KeepWorkspace } from './keepInMenu.tsx'
export { forgetOffline, OfflineStore } from './OfflineStore.ts'

// All that follows is loaded after the first page is shown, or when it is asked for.
export const DeviceSection = lazy(() => orNothing(async () => (await import('./DeviceSection.tsx')).DeviceSection))
export const NewVersionLine = lazy(() => orNothing(async () => (await import('./NewVersionLine.tsx')).NewVersionLine))
/** Keeping, once for each signed-in person. */
export const loadKeeping = async () => (await import('./keeping/keeping.ts')).startKeeping
/** The application itself on this device, once for each page. */
export const loadAppVersion = async () => (await import('./appVersion.ts')).startAppVersion
