import { useSyncExternalStore } from 'react'
import { askVersion, type VersionWord } from '../../worker/words.ts'

/** `insecure`: plain HTTP, where browsers run no service worker; `none`: this browser has none, or refuses ours. */
export type OpensOffline = 'asking' | 'yes' | 'insecure' | 'none'

interface State {
  opensOffline: OpensOffline
  /** A page loaded now would be of a newer version than this one. */
  newer: boolean
}

/** Beside what else asks (coming back to the page, a new connection), in case a page stays in view for days; ms. */
const lookEvery = 60 * 60_000

let state: State = { opensOffline: 'asking', newer: false }
let registration: ServiceWorkerRegistration | null = null
const listeners = new Set<() => void>()

function change(part: Partial<State>): void {
  state = { ...state, ...part }
  for (const listener of [...listeners]) listener()
}

const ownVersion = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="weft-version"]')?.content ?? 'development'

const isVersionWord = (data: unknown): data is VersionWord =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'version' && 'version' in data

/** Puts the application onto this device, and keeps an eye on newer versions of it. Once in a page, after its start. */
export async function startAppVersion(): Promise<void> {
  if (!window.isSecureContext) return change({ opensOffline: 'insecure' })
  // While developing, a cached application would hide every change.
  if (!('serviceWorker' in navigator) || ownVersion() === 'development') return change({ opensOffline: 'none' })
  const { serviceWorker } = navigator
  serviceWorker.addEventListener('message', ({ data }) => {
    if (isVersionWord(data)) change({ newer: data.version !== ownVersion() })
  })
  try {
    registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' })
    const ready = await serviceWorker.ready
    change({ opensOffline: 'yes' })
    ready.active?.postMessage(askVersion)
  } catch {
    change({ opensOffline: 'none' })
    return
  }
  setInterval(lookForNewer, lookEvery)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') lookForNewer()
  })
}

/** Asks the server whether there is a newer version; it is brought here in the background. */
export function lookForNewer(): void {
  // Offline: the next occasion comes.
  void registration?.update().catch(() => undefined)
}

export function useAppVersion(): State {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}
