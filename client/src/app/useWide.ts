import { useSyncExternalStore } from 'react'

/** From here on the sidebar stands beside the page; below, it is a drawer. Tailwind's `md`. */
const wide = window.matchMedia('(min-width: 48rem)')

export const useWide = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      wide.addEventListener('change', listener)
      return () => wide.removeEventListener('change', listener)
    },
    () => wide.matches,
  )
