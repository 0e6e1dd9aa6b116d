import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let shown = false

/** Shows or hides the list of changes that wait: a toast asks for it as well as the line below the tree. */
export function showOutbox(open: boolean): void {
  shown = open
  for (const listener of [...listeners]) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useOutboxShown = (): boolean => useSyncExternalStore(subscribe, () => shown)
