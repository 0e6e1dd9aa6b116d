import { useSyncExternalStore } from 'react'
import { readStored, writeStored } from './stored.ts'

export type Theme = 'system' | 'light' | 'dark'

const key = 'weft-theme'
const listeners = new Set<() => void>()

const read = (): Theme => {
  const { theme } = document.documentElement.dataset
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Shows the page in this theme from now on, on this device. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  writeStored(key, theme === 'system' ? null : theme)
  for (const listener of [...listeners]) listener()
}

/** Takes the stored theme; `public/theme.js` has done so before the first paint where scripts may run early. */
export function startTheme(): void {
  const stored = readStored(key)
  if (stored === 'light' || stored === 'dark') document.documentElement.dataset.theme = stored
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
}
