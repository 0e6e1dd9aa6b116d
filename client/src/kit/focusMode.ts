import { useSyncExternalStore } from 'react'

let focused = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  focused = next
  for (const listener of [...listeners]) listener()
}

/** Only the text of a document, until it is left: nothing of this is kept for the next visit. */
export const enterFocusMode = (): void => set(true)
export const leaveFocusMode = (): void => set(false)
export const toggleFocusMode = (): void => set(!focused)

export const useFocusMode = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => focused,
  )
