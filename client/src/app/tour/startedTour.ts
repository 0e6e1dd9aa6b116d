import { useSyncExternalStore } from 'react'

let started = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  started = next
  for (const listener of [...listeners]) listener()
}

/** Shows the tour to somebody who asks for it. */
export const startTour = (): void => set(true)
export const endStartedTour = (): void => set(false)

export const useStartedTour = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => started,
  )
